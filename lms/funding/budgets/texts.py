"""What pages and messages say about budgets. Plain tables; pages translate."""

from collections.abc import Mapping

from lms.core.words import N_
from lms.funding.budgets.words import Alert

ALERTS: Mapping[Alert, str] = {
    Alert.POT_OVER: N_("%(money)s more is spoken for than this pot has."),
    Alert.POT_NEARLY_SPOKEN_FOR: N_("This pot is nearly spoken for. %(money)s is left."),
    Alert.POT_WILL_NOT_LAST: N_("This pot will probably be %(money)s too small for the year."),
    Alert.DEADLINE_IN_30: N_("Up to %(money)s has to be sent in by %(day)s."),
    Alert.DEADLINE_IN_7: N_("Only days are left: up to %(money)s has to be sent in by %(day)s."),
}
"""Each alert in a sentence, with its amount and its day."""
