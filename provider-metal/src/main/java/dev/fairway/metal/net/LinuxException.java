// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import java.io.IOException;

/// A system call that failed. The message says what was tried, the kernel's reason, and for a
/// missing right the capability.
public final class LinuxException extends IOException {

  private static final long serialVersionUID = 1;

  // <errno.h> of Linux, the same on x86-64 and aarch64.
  static final int EPERM = 1;
  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int ENODEV = 19;
  static final int ENETDOWN = 100;
  static final int ENOBUFS = 105;

  private final int errno;

  LinuxException(String attempt, int errno) {
    super(attempt + ": " + Libc.describe(errno) + advice(errno));
    this.errno = errno;
  }

  private static String advice(int errno) {
    return errno == EPERM || errno == EACCES
        ? "; the process needs the capability CAP_NET_RAW in its network namespace"
        : "";
  }

  /// The error number of `<errno.h>`.
  public int errno() {
    return errno;
  }

  /// True if the interface is only down for now: the socket stays good.
  public boolean isNetworkDown() {
    return errno == ENETDOWN;
  }

  /// True if a queue in the kernel was full, so that something was lost.
  public boolean isQueueFull() {
    return errno == ENOBUFS;
  }
}
