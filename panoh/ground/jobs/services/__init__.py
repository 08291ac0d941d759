"""Background work: jobs, the timetable, and the worker that runs both."""
