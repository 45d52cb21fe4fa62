// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;

class TransportTest {
  private static final Duration BRIEF = Duration.ofMillis(300);

  private final Transport transport = new Transport(Optional.empty());
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void close() {
    end.countDown();
    transport.close();
  }

  @Test
  void aServerThatNeverAnswersIsGivenUpAndThePostMayHaveBeenCarriedOut() {
    try (var server = new RawServer(_ -> end.await())) {
      assertThatThrownBy(() -> post(server.url()))
          .isInstanceOfSatisfying(
              CallFailed.class,
              e -> {
                assertThat(e.fate()).isEqualTo(CallFailed.Fate.LOST);
                assertThat(e.said()).isEqualTo("no whole answer within 300 ms");
              });
      assertThat(server.requests).hasValue(1);
    }
  }

  // Without a time-out of the whole answer this never ends.
  @Test
  @Timeout(60)
  void aBodyThatTricklesForeverIsGivenUp() {
    try (var server =
        new RawServer(connection -> {
          RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{");
          while (!end.await(20, TimeUnit.MILLISECONDS)) {
            RawServer.write(connection, " ");
          }
        })) {
      assertThatThrownBy(() -> get(server.url()))
          .isInstanceOfSatisfying(
              CallFailed.class, e -> assertThat(e.fate()).isEqualTo(CallFailed.Fate.LOST));
    }
  }

  @Test
  void aPostWhoseConnectionIsResetIsLostAndMadeOnce() {
    try (var server =
        new RawServer(connection -> connection.setOption(StandardSocketOptions.SO_LINGER, 0))) {
      assertThatThrownBy(() -> post(server.url()))
          .isInstanceOfSatisfying(
              CallFailed.class,
              e -> {
                assertThat(e.fate()).isEqualTo(CallFailed.Fate.LOST);
                assertThat(e.said()).contains("the connection to 127.0.0.1:").contains("broke");
              });
      assertThat(server.requests).hasValue(1);
    }
  }

  @Test
  void anAnswerThatEndsTooEarlyIsLost() {
    try (var server =
        new RawServer(connection ->
            RawServer.write(
                connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"a\":"))) {
      assertThatThrownBy(() -> get(server.url()))
          .isInstanceOfSatisfying(
              CallFailed.class, e -> assertThat(e.fate()).isEqualTo(CallFailed.Fate.LOST));
    }
  }

  @Test
  void anAnswerWithoutEndIsNotKeptInMemory() {
    try (var server =
        new RawServer(connection -> {
          RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
          var block = " ".repeat(1 << 20);
          for (var i = 0; i < 95; i++) {
            RawServer.write(connection, block);
          }
          end.await();
        })) {
      assertThatThrownBy(() -> send(server.url(), HttpMethod.GET, Duration.ofSeconds(20)))
          .isInstanceOf(CallFailed.class)
          .hasMessageNotContaining("no whole answer");
    }
  }

  @Test
  void aServerThatIsNotThereHasSeenNothing() throws Exception {
    String url;
    try (var closed = new ServerSocket(0)) {
      url = "http://127.0.0.1:" + closed.getLocalPort();
    }

    assertThatThrownBy(() -> post(url))
        .isInstanceOfSatisfying(
            CallFailed.class,
            e -> {
              assertThat(e.fate()).isEqualTo(CallFailed.Fate.NOT_SENT);
              assertThat(e.said())
                  .startsWith("no connection to 127.0.0.1:")
                  .endsWith(": it is refused");
            });
  }

  @Test
  void aNameThatIsNotKnownIsSaidToBe() {
    var error = new ConnectException();
    error.initCause(new UnresolvedAddressException());

    assertThat(Transport.failed(URI.create("http://keystone:5000/"), error))
        .hasMessage("no connection to keystone:5000: its name is not known");
  }

  @Test
  void retryAfterIsReadAsSecondsOrAsADate() {
    assertThat(retryAfter("7", "")).contains(Duration.ofSeconds(7));
    assertThat(retryAfter("Sat, 01 Nov 2025 10:00:30 GMT", "Sat, 01 Nov 2025 10:00:00 GMT"))
        .contains(Duration.ofSeconds(30));
    assertThat(retryAfter("soon", "")).isEmpty();
  }

  @Test
  void nobodyMakesUsWaitForAWeek() {
    assertThat(retryAfter("604800", "")).contains(Duration.ofMinutes(5));
  }

  private Optional<Duration> retryAfter(String text, String date) {
    try (var server =
        new RawServer(connection ->
            RawServer.write(
                connection,
                "HTTP/1.1 503 Down\r\nContent-Length: 0\r\nRetry-After: %s\r\nDate: %s\r\n\r\n"
                    .formatted(text, date)))) {
      get(server.url());
      throw new AssertionError("503 is no success");
    } catch (CallFailed e) {
      return e.retryAfter();
    }
  }

  private void get(String url) {
    send(url, HttpMethod.GET, BRIEF);
  }

  private void post(String url) {
    send(url, HttpMethod.POST, BRIEF);
  }

  private void send(String url, HttpMethod method, Duration timeout) {
    var request = HttpRequest.builder(Void.class).endpoint(url).path("/x").method(method);
    if (method == HttpMethod.POST) {
      request.json(JsonNodeFactory.instance.objectNode().toString());
    }
    try (var _ = HttpConnector.send(request.build(), transport, timeout)) {
      assertThat(url).isNotEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
