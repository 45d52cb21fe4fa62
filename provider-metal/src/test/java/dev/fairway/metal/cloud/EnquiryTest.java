// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fairway.metal.look.KernelLook;
import dev.fairway.metal.look.LookJson;
import dev.fairway.metal.look.NodeLook;
import dev.fairway.metal.pool.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each node is an address of the loopback network.
class EnquiryTest {
  private static final IpAddress VIP = IpAddress.of("10.13.242.7");
  private static final IpAddress HERE = IpAddress.of("127.0.0.1");
  private static final IpAddress NOBODY = IpAddress.of("127.0.0.2");

  private HttpServer server;
  private Enquiry enquiry;
  private String path = "";

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.start();
    enquiry = new Enquiry(server.getAddress().getPort());
  }

  @AfterEach
  void close() {
    enquiry.close();
    server.stop(0);
  }

  @Test
  void aSpeakerIsAskedForTheVipAndOneThatIsNotThereIsNamed() {
    answer(200, LookJson.of(look("node-1", VIP)));

    var answers = enquiry.ask(VIP, Map.of("node-1", HERE, "node-2", NOBODY));

    assertThat(path).isEqualTo("/vip/10.13.242.7");
    assertThat(answers.looks()).containsExactly(look("node-1", VIP));
    assertThat(answers.silent()).containsOnlyKeys("node-2");
    assertThat(answers.silent().get("node-2"))
        .startsWith("no answer from its port %d (".formatted(server.getAddress().getPort()));
  }

  @Test
  void aRefusalIsPassedOn() {
    answer(429, "{\"message\": \"4 looks are under way already\"}");

    assertThat(enquiry.ask(VIP, Map.of("node-1", HERE)).silent())
        .containsExactly(Map.entry("node-1", "it answers 429: 4 looks are under way already"));
  }

  @Test
  void whatAnotherNodeOrAnotherVipLooksLikeIsNotBelieved() {
    answer(200, LookJson.of(look("node-7", VIP)));
    assertThat(enquiry.ask(VIP, Map.of("node-1", HERE)).looks()).isEmpty();

    answer(200, LookJson.of(look("node-1", IpAddress.of("10.13.242.8"))));
    assertThat(enquiry.ask(VIP, Map.of("node-1", HERE)).silent())
        .containsExactly(Map.entry("node-1", "its answer cannot be read; is it of this version?"));
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    answer(200, "x".repeat(2 << 20));

    assertThat(enquiry.ask(VIP, Map.of("node-1", HERE)).silent()).containsOnlyKeys("node-1");
  }

  private void answer(int code, String body) {
    try {
      server.removeContext("/");
    } catch (IllegalArgumentException _) {
      // the first one
    }
    server.createContext(
        "/",
        exchange -> {
          path = exchange.getRequestURI().getPath();
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, bytes.length);
          try (var out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }

  private static NodeLook look(String node, IpAddress vip) {
    return new NodeLook(
        node,
        vip.toString(),
        List.of("node-1"),
        List.of(),
        "",
        "",
        new KernelLook(List.of(), false, List.of(), 0, 0, List.of()),
        List.of(),
        "");
  }
}
