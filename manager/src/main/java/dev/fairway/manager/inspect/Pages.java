// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.manager.telemetry.HttpAnswer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/v1/plan[/NAMESPACE/SERVICE]`, `/v1/explain/NAMESPACE/SERVICE` and `/v1/orphans`, read-only,
/// each with `?output=json` (the default) or `text`.
///
/// Who asks is not checked here: people come through the API server, which checks that they may use
/// `pods/proxy`.
public final class Pages {
  /// On an answer with a plan: how many steps it has.
  public static final String STEPS_HEADER = "Fairway-Steps";

  public static final String PREFIX = "/v1/";

  private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

  // A plan of everything is work for the CPU and may be calls to the cloud: questions must not
  // starve the answers to Services.
  private static final int MOST_AT_A_TIME = 4;

  private final Supplier<Standing> standing;
  private final Semaphore free = new Semaphore(MOST_AT_A_TIME);

  public Pages(Supplier<Standing> standing) {
    this.standing = standing;
  }

  /// @param method of HTTP
  /// @param path decoded, from its first slash on
  /// @param query without its question mark; empty when there is none
  public HttpAnswer get(String method, String path, String query) {
    if (!method.equals("GET")) {
      return Answers.failure(
          405, "MethodNotAllowed", "methods", "%s is not possible; only GET is".formatted(method));
    }
    var output = output(query);
    if (output.isEmpty()) {
      return Answers.failure(
          400,
          "BadRequest",
          "queries",
          "'%s' is not known; write output=json or output=text".formatted(query));
    }
    var question = Question.of(path);
    if (question.isEmpty()) {
      return Answers.failure(
          404,
          "NotFound",
          "paths",
          "there is no %s; there are /v1/plan, /v1/plan/NAMESPACE/SERVICE,".formatted(path)
              + " /v1/explain/NAMESPACE/SERVICE and /v1/orphans");
    }
    return switch (standing.get()) {
      case Standing.Leads(var fleet) -> bounded(fleet, question.get(), output.get());
      case Standing.Begins() ->
          unavailable("this replica has just begun to lead and reads the cluster; try again soon");
      case Standing.StandsBy(var leader) ->
          unavailable(
              leader
                  .map("this replica does not lead, %s does"::formatted)
                  .orElse("no replica leads now; try again soon"));
    };
  }

  private HttpAnswer bounded(Fleet fleet, Question question, Output output) {
    if (!free.tryAcquire()) {
      return Answers.failure(
          429,
          "TooManyRequests",
          "requests",
          "%d such questions are being answered already; try again soon".formatted(MOST_AT_A_TIME));
    }
    try {
      return answer(fleet, question, output);
    } catch (RuntimeException e) {
      LOG.warn("could not answer {}", question, e);
      return Answers.failure(
          500,
          "InternalError",
          "answers",
          "could not answer: %s"
              .formatted(Optional.ofNullable(e.getMessage()).orElse(e.getClass().getName())));
    } finally {
      free.release();
    }
  }

  private static HttpAnswer answer(Fleet fleet, Question question, Output output) {
    return switch (question) {
      case Question.PlanOfAll() -> {
        var plans = fleet.plans();
        yield plans(plans, output, PlanText.ofAll(plans));
      }
      case Question.PlanOf(var namespace, var name) ->
          fleet
              .plan(namespace, name)
              .map(plans -> plans(plans, output, PlanText.ofNamed(plans)))
              .orElseGet(() -> unknown(namespace, name));
      case Question.Explain(var namespace, var name) ->
          fleet
              .explain(namespace, name)
              .map(facts ->
                  output == Output.TEXT
                      ? Answers.text(ExplanationText.of(facts))
                      : Answers.json(Json.of(facts)))
              .orElseGet(() -> unknown(namespace, name));
      case Question.Orphans() -> {
        var orphans = fleet.orphans();
        yield output == Output.TEXT
            ? Answers.text(OrphanText.of(orphans))
            : Answers.json(Json.of(orphans));
      }
    };
  }

  private static HttpAnswer plans(Plans plans, Output output, String text) {
    var answer = output == Output.TEXT ? Answers.text(text) : Answers.json(Json.of(plans));
    return answer.with(STEPS_HEADER, Long.toString(plans.steps()));
  }

  private static HttpAnswer unknown(String namespace, String name) {
    return Answers.failure(
        404, "NotFound", "services", "there is no Service %s/%s".formatted(namespace, name));
  }

  private static HttpAnswer unavailable(String message) {
    return Answers.failure(503, "ServiceUnavailable", "leaders", message);
  }

  private enum Output {
    JSON,
    TEXT
  }

  private static Optional<Output> output(String query) {
    return switch (query) {
      case "", "output=json" -> Optional.of(Output.JSON);
      case "output=text" -> Optional.of(Output.TEXT);
      default -> Optional.empty();
    };
  }

  /// What is asked.
  private sealed interface Question {
    record PlanOfAll() implements Question {}

    record PlanOf(String namespace, String name) implements Question {}

    record Explain(String namespace, String name) implements Question {}

    record Orphans() implements Question {}

    static Optional<Question> of(String path) {
      if (!path.startsWith(PREFIX)) {
        return Optional.empty();
      }
      var words = List.of(path.substring(PREFIX.length()).split("/", -1));
      if (words.stream().anyMatch(String::isEmpty)) {
        return Optional.empty();
      }
      return switch (words.size()) {
        case 1 -> ofAll(words.getFirst());
        case 3 -> ofOne(words.get(0), words.get(1), words.get(2));
        default -> Optional.empty();
      };
    }

    private static Optional<Question> ofAll(String what) {
      return switch (what) {
        case "plan" -> Optional.of(new PlanOfAll());
        case "orphans" -> Optional.of(new Orphans());
        default -> Optional.empty();
      };
    }

    private static Optional<Question> ofOne(String what, String namespace, String name) {
      return switch (what) {
        case "plan" -> Optional.of(new PlanOf(namespace, name));
        case "explain" -> Optional.of(new Explain(namespace, name));
        default -> Optional.empty();
      };
    }
  }
}
