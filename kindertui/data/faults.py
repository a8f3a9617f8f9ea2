from kindertui.domain.faults import FAULT_RULES, DatabaseFault, Refused, fault_of  # noqa: F401 - goes at integration
