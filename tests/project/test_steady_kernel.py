"""A message that a socket did not notice is found a moment later, not at the end of the time limit."""

import asyncio
import time
from queue import Empty

import nbformat
import pytest
import steady_kernel
from nbclient import NotebookClient
from steady_kernel import SteadyChannel, SteadyKernelManager


class Deaf(SteadyChannel):
    """A channel whose message is there, and whose polls notice it at the n-th look only."""

    def __init__(self, looks):
        self.looks, self.polls = looks, []
        self.socket = self

    async def poll(self, milliseconds):
        self.polls.append(milliseconds)
        await asyncio.sleep(milliseconds / 1000)
        return len(self.polls) >= self.looks

    async def _recv(self):
        return {"content": "a reply"}


@pytest.fixture(autouse=True)
def quick_looks(monkeypatch):
    monkeypatch.setattr(steady_kernel, "LOOK_AGAIN", 0.05)


@pytest.mark.parametrize("timeout", [300, None])
def test_a_message_that_was_not_noticed_is_found_at_the_next_look(timeout):
    channel = Deaf(looks=3)
    assert asyncio.run(channel.get_msg(timeout=timeout)) == {"content": "a reply"}
    assert channel.polls == [50, 50, 50]


def test_the_time_limit_stays():
    channel, start = Deaf(looks=10**9), time.monotonic()
    with pytest.raises(Empty):
        asyncio.run(channel.get_msg(timeout=0.2))
    assert 0.2 <= time.monotonic() - start < 5 and sum(channel.polls) <= 201


def test_a_notebook_runs_with_it():
    cells = [nbformat.v4.new_code_cell("import time; time.sleep(0.3); print(1 + 1)")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(notebook, timeout=60, kernel_name="python3", kernel_manager_class=SteadyKernelManager)
    client.create_kernel_manager()
    client.execute(cleanup_kc=False)
    assert notebook.cells[0].outputs[0].text == "2\n"
    assert isinstance(client.kc.shell_channel, SteadyChannel) and isinstance(client.kc.iopub_channel, SteadyChannel)
    client.kc.stop_channels()
