// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.util.List;
import java.util.Map;

/// A cloud.conf that can be used.
///
/// @param options of `[LoadBalancer]`
/// @param classes by name
/// @param authentication of `[Global]`, for [CredentialsFile]
/// @param warnings what is unknown or of no effect, one sentence each, with file and line
public record CloudConf(
    Options options,
    Map<String, LoadBalancerClass> classes,
    Global authentication,
    List<String> warnings) {
  public CloudConf {
    classes = Map.copyOf(classes);
    warnings = List.copyOf(warnings);
  }

  /// @param text gcfg, the INI dialect of git
  /// @param fileName for messages only
  /// @throws IllegalArgumentException when anything cannot be read as what it must be; the message
  ///   holds all findings, one a line, with file, line, key and what to write
  public static CloudConf parse(String text, String fileName) {
    var findings = new Findings(fileName);
    var file = Gcfg.parse(text, findings);
    KnownOptions.check(file, findings);
    var reader = new SectionReader(file, findings);
    var options = reader.options();
    var classes = reader.classes();
    var authentication = reader.authentication(fileName);
    findings.refuseWhatIsWrong();
    return new CloudConf(options, classes, authentication, findings.warnings());
  }

  /// What holds where there is no file.
  public static CloudConf empty() {
    return new CloudConf(Options.standard(), Map.of(), Global.empty(), List.of());
  }
}
