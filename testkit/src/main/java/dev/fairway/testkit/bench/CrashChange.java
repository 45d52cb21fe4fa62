// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

/// What is under way when the controller crashes.
enum CrashChange {
  /// A Service is created.
  CREATE,
  /// A Service is created, and deleted while no controller runs.
  CREATE_THEN_DELETE_WHILE_DOWN,
  /// A Service gets a second port.
  ADD_PORT,
  /// A Service loses one of two ports.
  REMOVE_PORT,
  /// A node goes away.
  REMOVE_NODE,
  /// A Service is deleted.
  DELETE;

  private static final int PORT = 80;
  private static final int OTHER_PORT = 443;

  /// What has to be there before.
  void prepare(Trial trial, String service) {
    switch (this) {
      case CREATE, CREATE_THEN_DELETE_WHILE_DOWN -> {}
      case ADD_PORT, REMOVE_NODE, DELETE -> trial.services().create(service, PORT);
      case REMOVE_PORT -> trial.services().create(service, PORT, OTHER_PORT);
    }
  }

  /// Whether [#prepare] makes the Service.
  boolean beginsWithAService() {
    return this != CREATE && this != CREATE_THEN_DELETE_WHILE_DOWN;
  }

  /// Makes the change.
  void make(Trial trial, String service) {
    switch (this) {
      case CREATE, CREATE_THEN_DELETE_WHILE_DOWN -> trial.services().create(service, PORT);
      case ADD_PORT -> trial.services().setPorts(service, PORT, OTHER_PORT);
      case REMOVE_PORT -> trial.services().setPorts(service, PORT);
      case REMOVE_NODE -> trial.nodes().delete(BenchNodes.name(1));
      case DELETE -> trial.services().delete(service);
    }
  }

  /// Goes on while no controller runs.
  void whileDown(Trial trial, String service) {
    if (this == CREATE_THEN_DELETE_WHILE_DOWN) {
      trial.services().delete(service);
    }
  }

  /// Whether the Service is to be gone at the end.
  boolean endsWithoutService() {
    return this == DELETE || this == CREATE_THEN_DELETE_WHILE_DOWN;
  }

  /// Takes back what concerns more than the Service.
  void undo(Trial trial) {
    if (this == REMOVE_NODE) {
      trial.nodes().create(BenchNodes.name(1));
    }
  }
}
