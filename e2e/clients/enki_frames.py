"""Reads a project into data frames with enki. Arguments: address, API key, short name; then, for a JSON
export, the files of tasks and of task runs."""
import json
import sys

import enki
from enki.exceptions import ProjectNotFound

endpoint, api_key, short_name = sys.argv[1:4]
try:
    enki.Enki(api_key=api_key, endpoint=endpoint, project_short_name="no-such-project")
    raise AssertionError("found a project that is not there")
except ProjectNotFound:
    pass

e = enki.Enki(api_key=api_key, endpoint=endpoint, project_short_name=short_name, all=1)
if len(sys.argv) > 4:
    e.get_tasks(json_file=sys.argv[4])
    e.get_task_runs(json_file=sys.argv[5])
else:
    e.get_all()
answers = {
    task.id: sorted(e.task_runs_df[task.id]["answer"].tolist())
    for task in e.tasks
    if len(e.task_runs[task.id]) > 0
}
print(
    json.dumps(
        {
            "n_tasks": len(e.tasks_df),
            "columns": sorted(map(str, e.tasks_df.columns)),
            "states": sorted(set(e.tasks_df["state"].tolist())),
            "n_task_runs": sum(len(runs) for runs in e.task_runs.values()),
            "answers": {str(key): value for key, value in answers.items()},
        }
    )
)
