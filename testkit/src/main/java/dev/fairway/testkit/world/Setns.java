// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/// setns(2): moves the calling platform thread, and it alone, to another network namespace.
///
/// A thread that has moved must not be reused for anything else, so it should be a fresh one.
final class Setns {
  // <fcntl.h> and <sched.h> of Linux, the same on x86-64 and aarch64.
  private static final int O_RDONLY = 0;
  private static final int O_CLOEXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x40000000;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SETNS =
      function(
          "setns",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private Setns() {}

  /// Moves the calling thread to the network namespace whose handle is the file `handle`.
  ///
  /// @throws IllegalStateException with errno when the kernel refuses
  static void enter(Path handle) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int fd =
          (int)
              OPEN.invokeExact(state, arena.allocateFrom(handle.toString()), O_RDONLY | O_CLOEXEC);
      require(fd >= 0, "open " + handle, state);
      try {
        require((int) SETNS.invokeExact(state, fd, CLONE_NEWNET) == 0, "setns " + handle, state);
      } finally {
        var _ = (int) CLOSE.invokeExact(state, fd);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("cannot call the C library", e);
    }
  }

  private static void require(boolean success, String what, MemorySegment state) {
    if (!success) {
      throw new IllegalStateException(what + " failed with errno " + (int) ERRNO.get(state, 0L));
    }
  }

  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker.Option[] all = new Linker.Option[options.length + 1];
    all[0] = Linker.Option.captureCallState("errno");
    System.arraycopy(options, 0, all, 1, options.length);
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, all);
  }
}
