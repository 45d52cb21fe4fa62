// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.manager.telemetry.HttpAnswer;
import dev.fairway.manager.telemetry.HttpEndpoints;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesTest {
  private final OneService fleet = new OneService();
  private Standing standing = new Standing.Leads(fleet);
  private final Pages pages = new Pages(() -> standing);

  @ParameterizedTest
  @CsvSource({
    "/v1/plan, 0 to create",
    "/v1/plan/default/web, default/web",
    "/v1/explain/default/web, default/web is served",
    "/v1/orphans, no orphans",
  })
  void eachQuestionHasAnAnswerInTextAndJson(String path, String begin) throws Exception {
    var text = pages.get("GET", path, "output=text");
    var json = pages.get("GET", path, "");

    assertThat(text.code()).isEqualTo(200);
    assertThat(text.type()).startsWith("text/plain");
    assertThat(text.text()).startsWith(begin);
    assertThat(json.type()).isEqualTo("application/json");
    assertThat(new ObjectMapper().readTree(json.text()).isObject()).isTrue();
    assertThat(pages.get("GET", path, "output=json")).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/plan/default/nope, '', 404, there is no Service default/nope",
    "GET, /v1/explain/default/nope, output=text, 404, there is no Service default/nope",
    "GET, /v1/plans, '', 404, there is no /v1/plans; there are",
    "GET, /v1/plan/, '', 404, there is no /v1/plan/; there are",
    "GET, /v1/explain, '', 404, there is no /v1/explain; there are",
    "GET, /v1/explain/default/web/x, '', 404, there is no /v1/explain/default/web/x",
    "GET, /v1/plan, output=xml, 400, '''output=xml'' is not known'",
    "POST, /v1/plan, '', 405, POST is not possible",
  })
  void whatCannotBeAnsweredIsSaidInOneLineAsTheApiServerWould(
      String method, String path, String query, int code, String begin) throws Exception {
    failsWith(pages.get(method, path, query), code, begin);
  }

  @Test
  void whoDoesNotLeadNamesWhoDoes() throws Exception {
    standing = new Standing.StandsBy(Optional.of("fairway-controller-a_1"));
    failsWith(
        pages.get("GET", "/v1/plan", ""),
        503,
        "this replica does not lead, fairway-controller-a_1 does");
    standing = new Standing.StandsBy(Optional.empty());
    failsWith(pages.get("GET", "/v1/plan", ""), 503, "no replica leads now");
    standing = new Standing.Begins();
    failsWith(pages.get("GET", "/v1/plan", ""), 503, "this replica has just begun to lead");
  }

  @Test
  void aDefectIsAnAnswerToo() throws Exception {
    fleet.orphans =
        () -> {
          throw new IllegalStateException("the term has ended");
        };

    failsWith(pages.get("GET", "/v1/orphans", ""), 500, "could not answer: the term has ended");
  }

  @Test
  void questionsAreBoundedSoThatTheyDoNotStarveTheWork() throws Exception {
    var begun = new CountDownLatch(4);
    var end = new CountDownLatch(1);
    fleet.orphans =
        () -> {
          begun.countDown();
          awaitEnd(end);
          return List.of();
        };
    try (var askers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < 4; n++) {
        var _ = askers.submit(() -> pages.get("GET", "/v1/orphans", ""));
      }
      begun.await();

      failsWith(pages.get("GET", "/v1/plan", ""), 429, "4 such questions are being answered");
      end.countDown();
    }
    assertThat(pages.get("GET", "/v1/plan", "").code()).isEqualTo(200);
  }

  @Test
  void overHttpAPlanSaysHowManyStepsItHas() throws Exception {
    try (var http = new HttpEndpoints(0, () -> true, () -> true, () -> "");
        var client = HttpClient.newHttpClient()) {
      http.serve(Pages.PREFIX, pages::get);
      var base = URI.create("http://127.0.0.1:" + http.port());

      var plan =
          client.send(
              HttpRequest.newBuilder(base.resolve("/v1/plan?output=text")).build(),
              HttpResponse.BodyHandlers.ofString());
      var nowhere =
          client.send(
              HttpRequest.newBuilder(base.resolve("/v1/explain/default/nope")).build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(plan.statusCode()).isEqualTo(200);
      assertThat(plan.headers().firstValue(Pages.STEPS_HEADER)).contains("0");
      assertThat(plan.body()).startsWith("0 to create");
      assertThat(nowhere.statusCode()).isEqualTo(404);
      assertThat(nowhere.headers().firstValue("Content-Type")).contains("application/json");
    }
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void failsWith(HttpAnswer answer, int code, String begin) throws Exception {
    assertThat(answer.code()).isEqualTo(code);
    var status = new ObjectMapper().readTree(answer.text());
    assertThat(status.path("kind").asText()).isEqualTo("Status");
    assertThat(status.path("code").asInt()).isEqualTo(code);
    assertThat(status.path("message").asText()).startsWith(begin).hasLineCount(1);
  }

  /// A fleet of one load balancer that is as it should be.
  private static final class OneService implements Fleet {
    Supplier<List<OrphanView>> orphans = List::of;

    @Override
    public Plans plans() {
      return Plans.of(
          "sync",
          List.of(
              new PlanView(
                  "default/web",
                  List.of("default/web"),
                  List.of(),
                  List.of(),
                  Optional.empty(),
                  Optional.empty())));
    }

    @Override
    public Optional<Plans> plan(String namespace, String service) {
      return service.equals("web") ? Optional.of(plans()) : Optional.empty();
    }

    @Override
    public Optional<Explanation> explain(String namespace, String service) {
      return service.equals("web") ? Optional.of(Facts.serving().explain()) : Optional.empty();
    }

    @Override
    public List<OrphanView> orphans() {
      return orphans.get();
    }
  }
}
