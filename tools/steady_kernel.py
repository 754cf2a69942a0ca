"""A kernel manager for nbclient that does not wait for a message which has come already.

nbclient listens through pyzmq's asyncio sockets. Rarely one of these does not notice that a message came: a poll with a
limit of 300 s then lasts 300 s, looks once more, and finds it. Here polls are short, so such a loss costs seconds.
"""

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.manager import AsyncKernelManager
from traitlets import DottedObjectName, Type

LOOK_AGAIN = 3.0  # seconds; below nbclient's own limit of 4 s for a cell's outputs


class SteadyChannel(AsyncZMQSocketChannel):
    """A channel that looks for a message every few seconds until the time is over."""

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message.

        Args:
            timeout: Seconds to wait for it, None for ever.

        Raises:
            queue.Empty: When none has come by then.
        """
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = LOOK_AGAIN if end is None else max(0.0, end - time.monotonic())
            try:
                return await super().get_msg(timeout=min(left, LOOK_AGAIN))
            except Empty:
                if end is not None and time.monotonic() >= end:
                    raise


class SteadyClient(AsyncKernelClient):
    """A client whose channels look again."""

    shell_channel_class = Type(SteadyChannel)
    iopub_channel_class = Type(SteadyChannel)
    control_channel_class = Type(SteadyChannel)


class SteadyKernelManager(AsyncKernelManager):
    """A manager for ``NotebookClient(kernel_manager_class=...)``."""

    client_class = DottedObjectName("steady_kernel.SteadyClient")
    client_factory = Type(SteadyClient)
