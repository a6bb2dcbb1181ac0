"""A fake language model: a server that speaks OpenAI's protocol and costs nothing.

It is for tests, for load tests, and for people who have no key. What it answers is a pure function
of what it is asked, fits the choices that the prompt offers, and means nothing. It also fails on
request, in every way in which providers fail. `manage.py fake_llm` runs it; `fake_llm.running` runs
it for a test. Nothing of the town imports it.
"""
