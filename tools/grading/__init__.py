"""Grade what a class hands in, so that nothing in one hand-in costs another anything.

`files` finds what was handed in, also in archives, and `collect` whose it is, by what
`exports` and `roster` know. `restore` puts the teacher's checks back, `worker` runs one
hand-in in a process of its own and repeats its checks out of its reach. `tables`,
`gradebooks` and `pages` show what came of it.
"""
