"""Words for what sign-offs for one person store as codes."""

from typing import Any

from lms.assessment.personal.rules import EndedWhy, Looked, RecordedAs, SignerRole, State, Task
from lms.core.web.texts import _l

TASKS: dict[Task, Any] = {
    Task.CATHETER: _l("Catheter care"),
    Task.STOMA: _l("Stoma care"),
    Task.BOWEL: _l("Bowel care"),
    Task.HOIST: _l("Hoist and transfers"),
    Task.SEIZURE_MEDICINE: _l("Medicine for a seizure"),
    Task.MEDICINE: _l("Other medicine"),
    Task.INJECTION: _l("Injections, such as insulin"),
    Task.TUBE_FEEDING: _l("Food or drink through a tube"),
    Task.EATING: _l("Eating and drinking safely"),
    Task.BREATHING: _l("Breathing support and suction"),
    Task.OTHER: _l("Something else"),
}
SIGNERS: dict[SignerRole, Any] = {
    SignerRole.NURSE: _l("Nurse"),
    SignerRole.OCCUPATIONAL_THERAPIST: _l("Occupational therapist"),
    SignerRole.PHYSIOTHERAPIST: _l("Physiotherapist"),
    SignerRole.SPEECH_THERAPIST: _l("Speech and language therapist"),
    SignerRole.DOCTOR: _l("Doctor"),
    SignerRole.PHARMACIST: _l("Pharmacist"),
    SignerRole.TRAINER: _l("Trainer for this task"),
    SignerRole.OTHER: _l("Another competent person"),
}
LABELS: dict[str, dict[Any, Any]] = {
    "tasks": TASKS,
    "signers": SIGNERS,
    "parts": {
        RecordedAs.EMPLOYER: _l("employer"),
        RecordedAs.REPRESENTATIVE: _l("acting for the employer"),
        RecordedAs.ASSESSOR: _l("assessor"),
        RecordedAs.COORDINATOR: _l("training coordinator"),
    },
    "states": {
        State.STANDS: _l("Counts"),
        State.ENDING: _l("Counts, ends soon"),
        State.PAUSED: _l("Stop: do not do this now"),
        State.ENDED: _l("Ended"),
    },
    "colours": {State.STANDS: "green", State.ENDING: "yellow", State.PAUSED: "red", State.ENDED: "grey"},
    "looks": {
        Looked.PAUSED: _l("The plan or the person’s needs have changed"),
        Looked.FITS: _l("Somebody competent looked, and it still fits"),
    },
    "ends": {EndedWhy.STOPPED: _l("Stopped"), EndedWhy.JOB_ENDED: _l("The job ended")},
}
"""What pages say for codes; `colours` are ends of class names."""
