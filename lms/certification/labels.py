"""The words around the facts of a certificate. Every kind has these; a kind's own phrases of the same name go first."""

from collections.abc import Mapping

from lms.core.content import Words

LABELS: Mapping[str, Words] = {
    name: Words(en=text)
    for name, text in {
        "kind": "Certificate",
        "awarded_to": "Awarded to",
        "for_what": "for",
        "proves": "What it proves",
        "does_not_prove": "What it does not prove",
        "module": "Module",
        "course": "Course",
        "framework": "Standards",
        "workshop": "Workshop",
        "studied": "Studied by",
        "refreshed": "Finished again by",
        "practised": "Practice signed off",
        "knowledge": "Knowledge shown by",
        "standards": "Last standard signed off",
        "conduct": "Code of conduct accepted",
        "held": "Builds on the certificate",
        "attended_on": "Held on",
        "hours": "Hours",
        "place": "Held",
        "in_person": "in person",
        "online": "online",
        "both": "in person and online",
        "led_by": "Led by",
        "issued": "Issued",
        "lapses": "No longer counts from",
        "issued_by": "Issued by",
        "answers": "Answers for this certificate",
        "signed_by": "Signed for",
        "number": "Number",
        "spoken": "To read out",
        "check_how": "To check it, scan the code or enter the number at",
        "editions": "Editions",
        "of_certificate": "Edition of the certificate",
        "of_course": "Edition of the course",
        "of_practice": "Edition of the standards",
        "achievements": "What was achieved",
        "achievements_of": "Belongs to certificate",
        "achieved_what": "What",
        "achieved_on": "Day",
        "achieved_by": "Seen and signed off by",
        "prior": "accepted as prior learning",
        "name_elsewhere": (
            "The name on record is in letters this document cannot print. Type it on the check page below to see "
            "whether it matches."
        ),
    }.items()
}
"""Welsh is None until a translator has written it; a kind that brings its own Welsh brings it for all that it shows."""
