// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.cloud.NodeAgent;
import dev.fairway.manager.telemetry.HttpAnswer;
import dev.fairway.manager.telemetry.HttpEndpoints;
import java.net.HttpURLConnection;
import java.util.Map;

/// A page of a node's agent, behind the HTTP port: only GET is passed on.
record AgentPage(String prefix, NodeAgent.Page page) implements HttpEndpoints.Page {
  private static final String JSON = "application/json";

  @Override
  public HttpAnswer get(String method, String path, String query) {
    if (!method.equals("GET")) {
      return new HttpAnswer(
          HttpURLConnection.HTTP_BAD_METHOD,
          JSON,
          "{\"message\": \"only GET is possible\"}",
          Map.of());
    }
    var answer = page.get(path.substring(prefix.length()));
    return new HttpAnswer(answer.code(), JSON, answer.json(), Map.of());
  }
}
