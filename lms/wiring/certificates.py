"""What is written when a certificate begins, ends or changes."""

from lms.certification import reactions as certification
from lms.certification.credentials import reactions as credentials
from lms.certification.events import (
    CertificateIssued,
    CertificateReplaced,
    CertificateSuspended,
    CertificateSuspensionLifted,
    CertificateWithdrawn,
)
from lms.certification.life.events import CertificateLapsed, CertificateLapsesSoon
from lms.core.events import Reactions
from lms.funding.claims import reactions as funding
from lms.funding.prospects.reactions import touch_on_fact
from lms.notifications import of_certificates
from lms.notifications import reactions as notifications
from lms.register import reactions as register

CERTIFICATES: Reactions = {
    CertificateIssued: [
        certification.issue_what_builds_on,
        register.reassess_on_certificate,
        funding.open_claims,
        touch_on_fact,
        notifications.tell_holder,
        credentials.make_credential,
    ],
    CertificateWithdrawn: [
        register.reassess_on_certificate,
        funding.drop_drafts,
        touch_on_fact,
        credentials.mark_in_list,
        of_certificates.tell_of_move,
    ],
    CertificateReplaced: [
        register.reassess_on_certificate,
        touch_on_fact,
        credentials.make_credential_of_replacement,
        of_certificates.tell_of_move,
    ],
    CertificateSuspended: [
        register.reassess_on_certificate,
        funding.look_when_suspended,
        touch_on_fact,
        credentials.mark_in_list,
        of_certificates.tell_of_move,
    ],
    CertificateSuspensionLifted: [
        register.reassess_on_certificate,
        funding.open_claims_again,
        touch_on_fact,
        credentials.mark_in_list,
        of_certificates.tell_of_move,
    ],
    CertificateLapsesSoon: [of_certificates.tell_of_end],
    CertificateLapsed: [register.reassess_on_certificate, of_certificates.tell_of_end],
}
