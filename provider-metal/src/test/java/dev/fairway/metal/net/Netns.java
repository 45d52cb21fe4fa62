// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/// Runs code in another network namespace. A namespace belongs to a thread: sockets opened there,
/// and threads started there, are of the namespace.
public final class Netns {

  private static final int CLONE_NEWNET = 0x40000000;

  private Netns() {}

  /// Runs the task on a new platform thread in the namespace that `ip netns add` made.
  public static <T> T call(String name, Callable<T> task) throws Exception {
    FutureTask<T> result =
        new FutureTask<>(() -> {
          enter(name);
          return task.call();
        });
    Thread.ofPlatform().name("in-" + name).start(result);
    return result.get();
  }

  private static void enter(String name) throws Exception {
    Linker linker = Linker.nativeLinker();
    var open =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    var setns =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setns"),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    var close =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("close"), FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int fd = (int) open.invokeExact(arena.allocateFrom("/run/netns/" + name), 0);
      int result = (int) setns.invokeExact(fd, CLONE_NEWNET);
      int closed = (int) close.invokeExact(fd);
      if (result != 0 || closed != 0) {
        throw new IllegalStateException("cannot enter the network namespace " + name);
      }
    } catch (Exception e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
