"""Foreign code run in a child: own process group, a deadline, limits, its output away from ours.

The systems differ in how processes are made, limited and ended, alone and with what they have
started; that difference stands here and nowhere else.
"""

from renderer.child.copies import confined, in_a_copy
from renderer.child.limits import limit_self, limit_work
from renderer.child.nursery import CAN_COPY
from renderer.child.running import Ended, end, end_all, end_own_group, run_module, start_module

__all__ = [
    "CAN_COPY",
    "Ended",
    "confined",
    "end",
    "end_all",
    "end_own_group",
    "in_a_copy",
    "limit_self",
    "limit_work",
    "run_module",
    "start_module",
]
