// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

/// The most memory so far, with all Services and nodes there are.
final class PeakMemory implements Phase {
  @Override
  public String title() {
    return "memory";
  }

  @Override
  public void run(Trial trial) {
    trial.findings().put(Figure.RSS_MIB, trial.peakMebibytes());
    trial.findings().size("servicesInMemory", trial.lab().cloud().truth().size());
    trial.findings().size("nodesInMemory", trial.nodes().names().size());
  }
}
