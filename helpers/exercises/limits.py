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

An import inside the function is never cut, for a half imported library spoils the kernel, and its time does
not count: the watchdog looks at the function's stack now and then, and gives back what passed before and after
each look that found Python's import machinery on it. A module whose own code never ends is therefore not
stopped; the notice comes then, too.

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

REPEAT = 0.05  # seconds between two looks at the stack, and between alarms once time is up
LONG_IMPORT = 10  # times notice_after: then the notice comes although an import is running
IMPORT_MACHINERY = "<frozen importlib._bootstrap>"  # the file that its code names, in every Python


class TimeIsUp(BaseException):
    """Raised in a learner's function when its time is up; ``except Exception`` lets it pass."""


def with_time_limit(work: Callable, seconds: float, notice_after: float, notice: Callable[[], None]) -> Any:
    """Run ``work(call)``, where every ``call(function, *args)`` counts against one common limit.

    Args:
        work: does the work; what it runs through ``call`` can be stopped, the rest is never interrupted.
        seconds: the limit for all calls together, imports not counted.
        notice_after: seconds after which ``notice`` is called, imports not counted (see ``LONG_IMPORT``).
        notice: called without arguments, from another thread, when the work takes longer than that.

    Returns:
        What ``work`` returns.

    Raises:
        TimeIsUp: the time is up; raised in ``call``.
        Whatever ``work`` raises.
    """
    clock = _Clock()
    alarm_works = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    stopper = _Alarm(seconds, clock) if alarm_works else _AsyncStopper()

    def call(function: Callable, *args: Any) -> Any:
        if clock.used() >= seconds:
            raise TimeIsUp
        result = stopper.call(function, args)
        if clock.used() >= seconds:  # it swallowed TimeIsUp, or waited where nothing can be raised
            raise TimeIsUp
        return result

    thread_id = threading.get_ident()

    def look(told: bool) -> bool:
        clock.look(sys._current_frames().get(thread_id))
        used = clock.used()
        if not told and (used >= notice_after or clock.passed() >= LONG_IMPORT * notice_after):
            notice()
            told = True
        if used >= seconds:
            stopper.stop()
        return told

    watchdog = _Watchdog(look, told=notice_after >= seconds)
    try:
        stopper.start()
        return work(call)
    finally:
        watchdog.done.set()
        stopper.end()
        watchdog.join()


def with_notice(work: Callable[[], Any], notice_after: float, notice: Callable[[], None]) -> Any:
    """Run ``work()`` without any limit, and say so when it takes long.

    Args:
        work: what is done. Nothing interrupts it but the learner's own Interrupt.
        notice_after: seconds after which ``notice`` is called.
        notice: called without arguments, from another thread, when the work takes longer than that.

    Returns:
        What ``work`` returns.

    Raises:
        Whatever ``work`` raises.
    """
    clock = _Clock()

    def look(told: bool) -> bool:
        if not told and clock.passed() >= notice_after:
            notice()
            return True
        return told

    watchdog = _Watchdog(look, told=False)
    try:
        return work()
    finally:
        watchdog.done.set()
        watchdog.join()


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


def _imports(frame: FrameType | None) -> bool:
    """Tell whether the learner's call, which ends at ``_inside``, is importing something at the moment."""
    found = False
    while frame is not None:
        if frame.f_code is _inside.__code__:
            return found
        found = found or frame.f_code.co_filename == IMPORT_MACHINERY
        frame = frame.f_back
    return False


class _Clock:
    """Tell how long the work has taken, the imports in it left out.

    Between two looks nobody knows when an import began or ended; the learner gets the whole time between them.
    """

    def __init__(self) -> None:
        self.started = self.looked = time.monotonic()
        self.importing = False
        self.given_back = 0.0
        self.lock = threading.RLock()  # the alarm may ring while its own thread holds it

    def look(self, frame: FrameType | None) -> None:
        """See whether an import is running, by the stack at this frame, and give its time back."""
        with self.lock:
            now, importing = time.monotonic(), _imports(frame)
            if importing or self.importing:
                self.given_back += now - self.looked
            self.looked, self.importing = now, importing

    def passed(self) -> float:
        """Return the seconds since the start, imports included."""
        return time.monotonic() - self.started

    def used(self) -> float:
        """Return the seconds since the start, imports left out."""
        with self.lock:
            until = self.looked if self.importing else time.monotonic()
            return until - self.started - self.given_back


class _Watchdog:
    """A thread that looks every ``REPEAT`` seconds, until ``done`` is set; ``look(told)`` returns the next ``told``."""

    def __init__(self, look: Callable[[bool], bool], told: bool):
        self.done = threading.Event()

        def watch() -> None:
            so_far = told
            while not self.done.wait(REPEAT):
                so_far = look(so_far)

        # With the caller's context, ipykernel sends what the thread writes to this cell, with subshells as well.
        self.thread = threading.Thread(target=contextvars.copy_context().run, args=(watch,), daemon=True)
        self.thread.start()

    def join(self) -> None:
        """Wait for its end: a notice that it is just writing belongs before the verdict."""
        self.thread.join(1.0)


class _Alarm:
    """The repeated alarm of Linux and macOS."""

    def __init__(self, seconds: float, clock: _Clock):
        self.clock = clock
        self.limit = seconds
        self.first_ring = max(seconds, 1e-6)  # zero would switch the timer off, and less is an error
        self.started = time.monotonic()
        # getsignal gives None for a handler not installed from Python, and signal() does not take None.
        self.earlier_handler = signal.getsignal(signal.SIGALRM) or signal.SIG_DFL
        self.earlier_timer = (0.0, 0.0)

    def start(self) -> None:
        signal.signal(signal.SIGALRM, self._ring)
        self.earlier_timer = signal.setitimer(signal.ITIMER_REAL, self.first_ring, REPEAT)

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
            self.clock.look(frame)
            if not _imports(frame) and self.clock.used() >= self.limit:
                raise TimeIsUp
        elif not _on_stack(with_time_limit.__code__, frame):
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
            frame = sys._current_frames().get(self.thread_id)
            if self.open and _on_stack(_inside.__code__, frame) and not _imports(frame):
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
