"""The life of a project through the pybossa-client library. Arguments: address, API key of the owner,
API key of an admin, a folder with a picture."""
import os
import sys

import pbclient

endpoint, owner_key, admin_key, folder = sys.argv[1:5]
pbclient.set("endpoint", endpoint)
pbclient.set("api_key", owner_key)


def refused(answer, status, exception):
    assert isinstance(answer, dict), answer
    assert answer["status"] == "failed" and answer["status_code"] == status, answer
    assert answer["exception_cls"] == exception, answer
    assert isinstance(answer["target"], str) and isinstance(answer["exception_msg"], str)
    return answer


# A project.
project = pbclient.create_project("Leaves", "leaves", "Which tree is this leaf from?")
assert project.id and project.owner_id in project.owners_ids, project.data
assert project.published is False and project.info == {}
refused(pbclient.create_project("Leaves", "leaves", "again"), 415, "DBIntegrityError")
refused(pbclient.get_project(1_000_000), 404, "NotFound")
assert [found.id for found in pbclient.find_project(short_name="leaves")] == [project.id]
assert pbclient.find_project(short_name="nothing") == []
assert project.id in [found.id for found in pbclient.get_projects()]

fetched = pbclient.get_project(project.id)
fetched.name = "Leaves and needles"
fetched.long_description = "Look at the **edge**."
fetched.webhook = "https://example.org/hook"
fetched.info["task_presenter"] = "<div>leaf</div>"
fetched.info["sched"] = "breadth_first"
changed = pbclient.update_project(fetched)
assert changed.name == "Leaves and needles", changed.data
assert pbclient.get_project(project.id).info == fetched.info
assert pbclient.find_project(name="Leaves and needles", all=1)[0].id == project.id

# Categories belong to admins.
assert len(pbclient.get_categories()) >= 2
refused(pbclient.create_category("Trees", "All about trees"), 403, "Forbidden")
pbclient.set("api_key", admin_key)
category = pbclient.create_category("Tall Trees", "All about trees")
assert category.short_name == "talltrees"
assert pbclient.find_category(short_name="talltrees")[0].id == category.id
assert pbclient.get_category(category.id).description == "All about trees"
assert pbclient.delete_category(category.id) is True
pbclient.set("api_key", owner_key)

# Tasks.
infos = [
    {"url": "https://example.org/leaf.png", "n": 1},
    ["a", "list", {"of": "things"}],
    "just text",
    7,
    {"ünïcode": "ñ→漢字", "nested": {"deep": [1, 2, 3]}},
]
tasks = [pbclient.create_task(project.id, info, n_answers=2, priority_0=0.5) for info in infos]
assert [task.info for task in tasks] == infos
assert all(task.state == "ongoing" and task.n_answers == 2 for task in tasks)
default = pbclient.create_task(project.id, {"default": True})
assert default.n_answers == 30 and default.priority_0 == 0 and default.quorum == 0
refused(pbclient.create_task(1_000_000, {}), 415, "AttributeError")
listed = pbclient.get_tasks(project.id)
assert [task.id for task in listed] == [task.id for task in tasks] + [default.id]
page = pbclient.get_tasks(project.id, limit=2)
assert [task.id for task in pbclient.get_tasks(project.id, limit=2, last_id=page[-1].id)] == [
    tasks[2].id,
    tasks[3].id,
]
assert [t.id for t in pbclient.find_tasks(project.id, info="n::1")] == [tasks[0].id]
assert [t.id for t in pbclient.find_tasks(project.id, orderby="id", desc=True, limit=1)] == [
    default.id
]
assert pbclient.find_tasks(project.id, state="completed") == []
refused(pbclient.find_tasks(project.id, wrong="x"), 415, "AttributeError")

task = listed[0]
task.info["n"] = 100
task.n_answers = 3
task.priority_0 = 1.0
updated = pbclient.update_task(task)
assert updated.info["n"] == 100 and updated.n_answers == 3 and updated.priority_0 == 1.0
assert pbclient.delete_task(default.id) is True
refused(pbclient.delete_task(default.id), 404, "NotFound")

# Helping materials, with and without a file.
plain = pbclient.create_helpingmaterial(project.id, {"name": "oak"})
assert plain.info == {"name": "oak"} and plain.media_url is None
picture = pbclient.create_helpingmaterial(
    project.id, {"ignored": True}, file_path=os.path.join(folder, "picture.png")
)
# The library takes the id off the record when it sends it.
picture_id = picture.id
assert picture.media_url.startswith("http"), picture.data
assert picture.info["container"] and picture.info["file_name"], picture.data
picture.info["name"] = "birch"
picture.priority = 2.0
assert pbclient.update_helping_material(picture).info["name"] == "birch"
assert {m.id for m in pbclient.get_helping_materials(project.id)} == {plain.id, picture_id}
assert pbclient.find_helping_materials(project.id, id=plain.id)[0].id == plain.id

print(f"project {project.id}")
