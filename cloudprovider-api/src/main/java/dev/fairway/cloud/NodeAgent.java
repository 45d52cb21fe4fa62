// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// The part of a provider that runs on every node, for providers that need one. Found with
/// [java.util.ServiceLoader]; `fairway NAME` starts it.
public interface NodeAgent {

  /// The sub-command that starts it, such as `speaker`.
  String name();

  /// Starts in the background and returns.
  ///
  /// @throws IllegalArgumentException when a setting is missing or malformed; the message names it
  Running start(Context context);

  /// @param nodeName the Node object of the machine it runs on
  /// @param settings as in [ProviderContext#settings]
  /// @param meters where to register metrics
  /// @param clock the only source of time
  record Context(
      String nodeName, Map<String, String> settings, Meters meters, InstantSource clock) {
    public Context {
      settings = Map.copyOf(settings);
    }
  }

  /// A started agent.
  ///
  /// @param ready whether it does its work: the answer of `/readyz`
  /// @param stop lets go of everything it announced and returns when that is done
  /// @param pages what is answered to a GET, by the prefix of the path, such as `/vip/`
  record Running(BooleanSupplier ready, Runnable stop, Map<String, Page> pages) {
    public Running {
      pages = Map.copyOf(pages);
    }
  }

  /// Answers questions that are put over HTTP. Whoever reaches the port may ask, as often as he
  /// likes: an answer must change nothing, cost little, and tell no secret. May block.
  @FunctionalInterface
  interface Page {
    /// @param rest what follows the prefix in the path
    Answer get(String rest);
  }

  /// @param code of HTTP
  record Answer(int code, String json) {}
}
