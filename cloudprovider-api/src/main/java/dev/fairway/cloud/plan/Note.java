// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.plan;

/// A finding about what the user asked for. Findings are collected, all at once, and never thrown.
///
/// @param code a stable CamelCase word; it is the reason of events and conditions, and each code
///   has a section in the troubleshooting page
/// @param message what is the matter with which field, in one line
/// @param fix what to write instead; empty when nothing is to be changed
public record Note(String code, Severity severity, String message, String fix) {

  /// What follows from a note.
  public enum Severity {
    /// Worth knowing; everything works.
    INFO,
    /// Something that was asked for is left out; the rest works.
    WARNING,
    /// Nothing can be served until the user, or an operator, changes something.
    BLOCKING
  }

  public static Note info(String code, String message) {
    return new Note(code, Severity.INFO, message, "");
  }

  public static Note warning(String code, String message, String fix) {
    return new Note(code, Severity.WARNING, message, fix);
  }

  public static Note blocking(String code, String message, String fix) {
    return new Note(code, Severity.BLOCKING, message, fix);
  }

  /// Message and fix as one line.
  public String text() {
    return fix.isEmpty() ? message : message + "; " + fix;
  }
}
