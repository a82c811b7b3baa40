// What task presenters talk to the platform with: `window.pybossa`, over jQuery. The functions, the calls
// and their order are those that presenters written for PYBOSSA 4 expect.
;(($) => {
  const pybossa = window.pybossa || {}
  window.pybossa = pybossa

  let endpoint = '/'
  let onTaskLoaded = (task, loaded) => loaded.resolve(task)
  let onPresentTask = (_task, presented) => presented.resolve()

  const get = (path, data) =>
    $.ajax({ url: `${endpoint}api/${path}`, data, cache: false, dataType: 'json' })

  const getProject = (shortName) =>
    $.ajax({
      url: `${endpoint}api/project`,
      data: { all: 1, short_name: shortName },
      dataType: 'json',
    }).then((projects) => projects[0])

  const getTask = (id) => get(`task/${id}`)
  const requestTask = (projectId, offset) => get(`project/${projectId}/newtask`, { offset })

  const postTaskRun = (task, answer) => {
    task.answer = answer
    return $.ajax({
      type: 'POST',
      url: `${endpoint}api/taskrun`,
      dataType: 'json',
      contentType: 'application/json',
      data: JSON.stringify({ project_id: task.project_id, task_id: task.id, info: answer }),
    })
  }

  /** Hands a task to the presenter's preparation; resolves with what the presenter made of it. */
  const load = (task) => {
    const loaded = $.Deferred()
    onTaskLoaded(task, loaded)
    return loaded.promise()
  }

  /** The task after `shown`, which may be among the first two: its answer is not stored yet. */
  const requestNext = (projectId, shown) =>
    requestTask(projectId, 1).then((task) =>
      task.id === shown.id ? requestTask(projectId, 2) : task,
    )

  const showAddress = (shortName, task) => {
    if (task.id) history.pushState({}, '', `${endpoint}project/${shortName}/task/${task.id}`)
  }

  const presentFrom = (task, project, shortName) => {
    const isLast = task.id === undefined
    // Prepared while the volunteer looks at the one before it.
    const next = isLast ? $.Deferred() : requestNext(project.id, task).then(load)
    showAddress(shortName, task)
    const presented = $.Deferred()
    onPresentTask(task, presented)
    $.when(next, presented).done((nextTask) => presentFrom(nextTask, project, shortName))
  }

  $.extend(pybossa, {
    /** `{ question, task }`; the task is `{}` when there is none left for this volunteer. */
    newTask: (shortName) =>
      getProject(shortName).then((project) =>
        requestTask(project.id, 0).then((task) => ({ question: project.description, task })),
      ),

    /** `task`: a task, or the number of one. The promise of the stored task run. */
    saveTask: (task, answer) => {
      if (typeof task === 'number') return getTask(task).then((found) => postTaskRun(found, answer))
      if (typeof task === 'object') return postTaskRun(task, answer)
      return undefined
    },

    userProgress: (shortName) => get(`project/${shortName}/userprogress`),

    /** The part of the path after `task`, as text, or false. */
    getCurrentTaskId: (path) => {
      const parts = (path || window.location.pathname).split('/')
      const at = parts.indexOf('task')
      return at >= 0 && at < parts.length - 1 ? parts[at + 1] : false
    },

    taskLoaded: (prepare) => {
      onTaskLoaded = prepare
    },

    presentTask: (present) => {
      onPresentTask = present
    },

    /** Shows one task after another, beginning with the one in the address if there is one. */
    run: (shortName, fakeWindow) => {
      const taskId = pybossa.getCurrentTaskId((fakeWindow || window).location.pathname)
      getProject(shortName).done((project) => {
        const first = taskId ? getTask(taskId) : requestTask(project.id, 0)
        first.then(load).done((task) => presentFrom(task, project, shortName))
      })
    },

    /** Where the platform is, when it is not where the page comes from. */
    setEndpoint: (url) => {
      endpoint = url.endsWith('/') ? url : `${url}/`
      return endpoint
    },
  })
})(window.jQuery)
