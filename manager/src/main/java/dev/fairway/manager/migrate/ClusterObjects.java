// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.cloud.migration.Source;
import dev.fairway.cloud.migration.Source.Part;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what another program was told from the API server, by GET alone.
public final class ClusterObjects {
  private static final int PAGE = 500;

  private final KubernetesClient client;
  private final Source source;
  private final String namespace;
  private final ObjectMapper json = new ObjectMapper();

  /// @param namespace where the other program is installed
  public ClusterObjects(KubernetesClient client, Source source, String namespace) {
    this.client = client;
    this.source = source;
    this.namespace = namespace;
  }

  /// @throws Unreadable when something that is needed is not there or may not be read
  public List<Map<String, Object>> read() {
    var objects = new ArrayList<Map<String, Object>>();
    for (var part : customResources()) {
      objects.addAll(list(part));
    }
    if (objects.isEmpty()) {
      throw new Unreadable(
          "there is nothing of group %s in namespace %s: where is %s installed? Say so with --namespace"
              .formatted(source.group(), namespace, source.title()));
    }
    source.beside().forEach(part -> objects.addAll(list(part)));
    return objects;
  }

  // Each kind once, in the version that the API server prefers.
  private List<Part> customResources() {
    var group = asked("list API groups", () -> client.getApiGroup(source.group()));
    if (group.isEmpty()) {
      throw new Unreadable(
          "the API server %s has no group %s: the custom resource definitions of %s are not there. Name another cluster with --context, or manifests with --from"
              .formatted(client.getMasterUrl(), source.group(), source.title()));
    }
    var parts = new ArrayList<Part>();
    var seen = new HashSet<String>();
    for (var version : group.get().getVersions()) {
      var list =
          asked("list API resources", () -> client.getApiResources(version.getGroupVersion()));
      list.stream()
          .flatMap(found -> found.getResources().stream())
          .filter(this::isOfInterest)
          .filter(resource -> seen.add(resource.getName()))
          .map(resource -> Part.all(version.getGroupVersion(), resource.getName()).ofNamespace())
          .forEach(parts::add);
    }
    return parts;
  }

  private boolean isOfInterest(APIResource resource) {
    return !resource.getName().contains("/")
        && resource.getVerbs().contains("list")
        && !source.written().contains(resource.getKind());
  }

  private List<Map<String, Object>> list(Part part) {
    try {
      return part.name().isPresent() ? one(part, part.name().get()) : pages(part);
    } catch (Unreadable e) {
      if (part.needed()) {
        throw e;
      }
      return List.of();
    }
  }

  private List<Map<String, Object>> one(Part part, String name) {
    var found = get(part, path(part) + "/" + name);
    // An object that is asked for by its name says what it is.
    return found.map(body -> Lists.flatten(body).toList()).orElse(List.of());
  }

  private List<Map<String, Object>> pages(Part part) {
    var objects = new ArrayList<Map<String, Object>>();
    var next = "";
    do {
      var page =
          get(part, "%s?limit=%d%s".formatted(path(part), PAGE, next))
              .orElseThrow(
                  () -> new Unreadable("the API server has no %s".formatted(part.resource())));
      Lists.flatten(page).forEach(objects::add);
      next = token(page).map(token -> "&continue=" + token).orElse("");
    } while (!next.isEmpty());
    return objects;
  }

  private static Optional<String> token(Map<?, ?> page) {
    return page.get("metadata") instanceof Map<?, ?> metadata
            && metadata.get("continue") instanceof String token
            && !token.isEmpty()
        ? Optional.of(URLEncoder.encode(token, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  private String path(Part part) {
    var root = part.apiVersion().contains("/") ? "/apis/" : "/api/";
    return root
        + part.apiVersion()
        + (part.local() ? "/namespaces/" + namespace : "")
        + "/"
        + part.resource();
  }

  private Optional<Map<?, ?>> get(Part part, String path) {
    return asked("list " + part.resource(), () -> client.raw(path)).map(this::parse);
  }

  private Map<?, ?> parse(String body) {
    try {
      return json.readValue(body, Map.class);
    } catch (JsonProcessingException e) {
      throw new Unreadable(
          "the API server %s answered with no JSON: %s"
              .formatted(client.getMasterUrl(), e.getOriginalMessage()));
    }
  }

  private interface Question<T> {
    @Nullable T ask();
  }

  // Empty for what is not there.
  private <T> Optional<T> asked(String right, Question<T> question) {
    try {
      return Optional.ofNullable(question.ask());
    } catch (KubernetesClientException e) {
      throw switch (e.getCode()) {
        case HttpURLConnection.HTTP_FORBIDDEN ->
            new Unreadable(
                "you may not %s, which this takes (in namespace %s, and Services everywhere)"
                    .formatted(right, namespace));
        case HttpURLConnection.HTTP_UNAUTHORIZED ->
            new Unreadable("the API server does not accept the credentials of the kubeconfig");
        default ->
            new Unreadable(
                "cannot reach the API server %s: %s"
                    .formatted(client.getMasterUrl(), innermost(e)));
      };
    }
  }

  private static String innermost(Throwable error) {
    var cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
