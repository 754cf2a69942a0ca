"""Stop a learner's function that does not end, without ever disturbing a later cell.

On Linux and macOS, in the main thread (where Jupyter runs cells), a repeated alarm raises ``TimeIsUp`` in
the function. It stops loops and ``time.sleep``. ``TimeIsUp`` is no ``Exception``, so ``except Exception``
does not swallow it; the alarm is repeated because a bare ``except`` does, once.

On Windows, and in other threads, a watchdog thread asks Python to raise ``TimeIsUp`` in the function's
thread. It stops loops of Python code; a call that waits, such as ``time.sleep(99)``, ends by itself first.

What cannot be stopped from inside, on any system: a loop that swallows every exception (``while True``
around a bare ``except``), and one endless call into compiled code (a huge matrix product). For these a line
is written after ``notice_after`` seconds that names the kernel's Interrupt button. Where compiled code
keeps Python's lock all the while, even that line waits for its end.

Why neither can hit a later cell: both look at the call stack first, and raise only while ``_inside`` is on
it, which holds nothing but the learner's call. An alarm that comes later than that does nothing, or cancels
itself.
"""

import contextvars
import ctypes
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

REPEAT = 0.05  # seconds between alarms, once time is up


class TimeIsUp(BaseException):
    """Raised in a learner's function when its time is up; ``except Exception`` lets it pass."""


def with_time_limit(work: Callable, seconds: float, notice_after: float, notice: Callable[[], None]) -> Any:
    """Run ``work(call)``, where every ``call(function, *args)`` counts against one common limit.

    Args:
        work: does the work; what it runs through ``call`` can be stopped, the rest is never interrupted.
        seconds: the limit for all calls together.
        notice_after: seconds after which ``notice`` is called.
        notice: called without arguments, from another thread, when the work takes longer than that.

    Returns:
        What ``work`` returns.

    Raises:
        TimeIsUp: the time is up; raised in ``call``.
        Whatever ``work`` raises.
    """
    deadline = time.monotonic() + seconds
    alarm_works = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    stopper = _Alarm(seconds) if alarm_works else _AsyncStopper()

    def call(function: Callable, *args: Any) -> Any:
        if time.monotonic() >= deadline:
            raise TimeIsUp
        result = stopper.call(function, args)
        if time.monotonic() >= deadline:  # it swallowed TimeIsUp, or waited where nothing can be raised
            raise TimeIsUp
        return result

    done = threading.Event()

    def watch() -> None:
        if notice_after < seconds and not done.wait(notice_after):
            notice()
        done.wait(max(deadline - time.monotonic(), 0))
        while not done.wait(REPEAT):
            stopper.stop()

    # With the caller's context, ipykernel sends what the thread writes to this cell, with subshells as well.
    watchdog = threading.Thread(target=contextvars.copy_context().run, args=(watch,), daemon=True)
    watchdog.start()
    try:
        stopper.start()
        return work(call)
    finally:
        done.set()
        stopper.end()
        watchdog.join(1.0)  # a notice that it is just writing belongs before the verdict


def in_limited_call() -> bool:
    """Tell whether the caller runs inside a function that a time limit can stop.

    Returns:
        True inside a ``call`` of ``with_time_limit``.
    """
    return _on_stack(_inside.__code__, sys._getframe())


def _inside(function: Callable, args: tuple) -> Any:
    """The one frame under which a learner's function may be stopped."""
    return function(*args)


def _on_stack(code: Any, frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code is code:
            return True
        frame = frame.f_back
    return False


class _Alarm:
    """The repeated alarm of Linux and macOS."""

    def __init__(self, seconds: float):
        self.seconds = max(seconds, 1e-6)  # zero would switch the timer off, and less is an error
        self.started = time.monotonic()
        # getsignal gives None for a handler not installed from Python, and signal() does not take None.
        self.earlier_handler = signal.getsignal(signal.SIGALRM) or signal.SIG_DFL
        self.earlier_timer = (0.0, 0.0)

    def start(self) -> None:
        signal.signal(signal.SIGALRM, self._ring)
        self.earlier_timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, REPEAT)

    def call(self, function: Callable, args: tuple) -> Any:
        return _inside(function, args)

    def stop(self) -> None:
        """Nothing to do: the alarm rings by itself."""

    def end(self) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self.earlier_handler)
        delay, interval = self.earlier_timer
        if delay > 0:  # somebody else's timer, a test runner's perhaps, goes on where it was
            remaining = delay - (time.monotonic() - self.started)
            signal.setitimer(signal.ITIMER_REAL, max(remaining, 1e-3), interval)

    def _ring(self, signum: int, frame: FrameType | None) -> None:
        if _on_stack(_inside.__code__, frame):
            raise TimeIsUp
        if not _on_stack(with_time_limit.__code__, frame):
            self.end()  # an interrupt came between the end of the work and the end of the timer


class _AsyncStopper:
    """Let a watchdog raise TimeIsUp in this thread: for Windows, and for threads that are not the main one."""

    def __init__(self) -> None:
        self.thread_id = threading.get_ident()
        self.lock = threading.Lock()
        self.open = False

    def start(self) -> None:
        """Nothing to do: the watchdog runs already."""

    def call(self, function: Callable, args: tuple) -> Any:
        self.open = True
        # A request that is under way may hit the first _close at its entry. No other can follow it, for
        # _inside is no longer on the stack; so the second _close runs undisturbed.
        try:
            try:
                return _inside(function, args)
            finally:
                self._close()
        finally:
            self._close()

    def stop(self) -> None:
        """Raise, from the watchdog's thread, TimeIsUp in the learner's function, if that is what runs now."""
        with self.lock:
            if self.open and _on_stack(_inside.__code__, sys._current_frames().get(self.thread_id)):
                self._request(TimeIsUp)

    def end(self) -> None:
        """Nothing to do: after a call nothing can be raised any more."""

    def _close(self) -> None:
        while True:
            try:
                with self.lock:
                    self.open = False
                self._request(None)  # takes back what was not delivered yet
                return
            except TimeIsUp:
                continue

    def _request(self, exception: type | None) -> None:
        wanted = None if exception is None else ctypes.py_object(exception)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.thread_id), wanted)
