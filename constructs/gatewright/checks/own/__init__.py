"""A service's own checks: functions in its folder ``checks/``, run against what is deployed."""
