"""What an owner does once there are answers, through pybossa-client. Arguments: address, the owner's API
key, the project's id."""
import sys

import pbclient

endpoint, owner_key, project_id = sys.argv[1], sys.argv[2], int(sys.argv[3])
pbclient.set("endpoint", endpoint)
pbclient.set("api_key", owner_key)

completed = pbclient.find_tasks(project_id, state="completed")
assert len(completed) == 1, [task.data for task in completed]
task = completed[0]

runs = pbclient.get_taskruns(project_id)
assert runs and all(run.project_id == project_id and run.finish_time for run in runs)
of_task = pbclient.find_taskruns(project_id, task_id=task.id)
assert len(of_task) == task.n_answers
assert [r.id for r in pbclient.find_taskruns(project_id, last_id=of_task[0].id, task_id=task.id)] == [
    run.id for run in of_task[1:]
]

results = pbclient.get_results(project_id)
assert [result.task_id for result in results] == [task.id]
result = results[0]
assert sorted(result.task_run_ids) == [run.id for run in of_task] and result.info is None
# The library takes the id off a record when it sends it.
result_id, task_id = result.id, task.id
result.info = {"tree": "oak", "votes": 2}
assert pbclient.update_result(result).info == {"tree": "oak", "votes": 2}
found = pbclient.find_results(project_id, info="tree::oak")
assert [one.id for one in found] == [result_id] and found[0].last_version is True

# What answers rely on stays.
for refused in (
    pbclient.delete_task(task.id),
    pbclient.delete_taskrun(of_task[0].id),
    pbclient.delete_project(project_id),
):
    assert isinstance(refused, dict) and refused["status_code"] == 403, refused

# More answers wanted: the task is open again.
task.n_answers = task.n_answers + 1
assert pbclient.update_task(task).n_answers == task.n_answers
assert pbclient.find_tasks(project_id, id=task_id)[0].state == "ongoing"
print("ok")
