// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// All that is to be said of one file, so that nobody mends it one start at a time.
final class Findings {
  private final String file;
  private final List<Finding> wrong = new ArrayList<>();
  private final List<Finding> warnings = new ArrayList<>();

  private record Finding(int line, String text) {}

  Findings(String file) {
    this.file = file;
  }

  /// The file must not be used so.
  void wrong(int line, String text) {
    wrong.add(new Finding(line, text));
  }

  /// The file can be used, but does not do what was meant.
  void warn(int line, String text) {
    warnings.add(new Finding(line, text));
  }

  /// @throws IllegalArgumentException with all that is wrong, one a line
  void refuseWhatIsWrong() {
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          texts(wrong).stream().collect(Collectors.joining(System.lineSeparator())));
    }
  }

  List<String> warnings() {
    return texts(warnings);
  }

  private List<String> texts(List<Finding> findings) {
    return findings.stream()
        .sorted(Comparator.comparingInt(Finding::line))
        .map(finding -> "%s:%d: %s".formatted(file, finding.line(), finding.text()))
        .toList();
  }
}
