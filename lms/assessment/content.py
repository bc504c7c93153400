"""The assessments shelf: frameworks by code and edition, each a tree of units, outcomes and lines.

One folder holds one edition: `<folder>/framework.yaml`. For the Care Certificate a unit is a standard. Editions stand
beside each other, since a learner finishes by the edition they began with. How it is written down and read stands in
`lms.assessment.shelf`; everybody else comes in by this door.
"""

from lms.assessment.shelf.files import FILE, load
from lms.assessment.shelf.framework import CourseEdition, Framework, Statements, Unit, Wording
from lms.assessment.shelf.frameworks import Frameworks, Placed
from lms.assessment.shelf.parts import Complete, Criterion, HowSure, Line, LineStanding, Looked, Outcome, Topic

__all__ = [
    "FILE",
    "Complete",
    "CourseEdition",
    "Criterion",
    "Framework",
    "Frameworks",
    "HowSure",
    "Line",
    "LineStanding",
    "Looked",
    "Outcome",
    "Placed",
    "Statements",
    "Topic",
    "Unit",
    "Wording",
    "load",
]
