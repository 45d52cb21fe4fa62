// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.manager.inspect.Pages;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Through the API server to the pod that holds the Lease, so that the API server decides who may
/// ask.
///
/// @param installation the namespace of Fairway
/// @param port of the controllers
record ProxiedLink(KubernetesClient client, String installation, int port, Duration timeout)
    implements Link {
  private static final String LEASE = "fairway-controller";
  private static final String ROLE = "fairway-viewer";

  @Override
  public Reply get(String path) {
    var pod = leader();
    var uri =
        "%sapi/v1/namespaces/%s/pods/%s:%d/proxy%s"
            .formatted(client.getMasterUrl(), installation, pod, port, path);
    var reply = send(uri);
    if (reply.code() == HttpURLConnection.HTTP_FORBIDDEN) {
      throw forbidden("get pods/proxy");
    }
    if (reply.code() == HttpURLConnection.HTTP_NOT_FOUND && reply.about().equals("pods")) {
      throw new Unanswered(
          "%s leads, but is no pod in namespace %s; name its address with --controller URL"
              .formatted(pod, installation));
    }
    return reply;
  }

  /// The name of the pod that holds the Lease: what stands before the last underscore.
  private String leader() {
    var holder = holder();
    var end = holder.lastIndexOf('_');
    return end < 0 ? holder : holder.substring(0, end);
  }

  private String holder() {
    try {
      var lease =
          Optional.ofNullable(client.leases().inNamespace(installation).withName(LEASE).get())
              .orElseThrow(() ->
                  new Unanswered(
                      "there is no Lease %s/%s: no controller has ever led there; where is Fairway"
                              .formatted(installation, LEASE)
                          + " installed? Say so with --namespace-of-fairway"));
      return Optional.ofNullable(lease.getSpec().getHolderIdentity())
          .filter(holder -> !holder.isEmpty())
          .orElseThrow(() ->
              new Unanswered(
                  "no controller leads: nobody holds the Lease %s/%s; look at the pods of the"
                          .formatted(installation, LEASE)
                      + " Deployment fairway-controller"));
    } catch (KubernetesClientException e) {
      throw switch (e.getCode()) {
        case HttpURLConnection.HTTP_FORBIDDEN -> forbidden("get leases");
        case HttpURLConnection.HTTP_UNAUTHORIZED ->
            new Unanswered("the API server does not accept the credentials of the kubeconfig");
        default -> unreachable(e);
      };
    }
  }

  private Reply send(String uri) {
    var http = client.getHttpClient();
    try {
      var response =
          http.sendAsync(http.newHttpRequestBuilder().uri(uri).build(), String.class)
              .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return Reply.of(
          response.code(),
          response.body(),
          response.headers(Pages.STEPS_HEADER).stream().findFirst());
    } catch (ExecutionException e) {
      throw unreachable(e);
    } catch (TimeoutException _) {
      throw new Unanswered("no answer within %d s".formatted(timeout.toSeconds()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Unanswered("interrupted");
    }
  }

  private Unanswered forbidden(String right) {
    return new Unanswered(
        "you may not %s in namespace %s; have the role %s there bound to you"
            .formatted(right, installation, ROLE));
  }

  private Unanswered unreachable(Exception e) {
    return new Unanswered(
        "cannot reach the API server %s: %s".formatted(client.getMasterUrl(), Fairway.reason(e)));
  }

  @Override
  public String namespace() {
    return Optional.ofNullable(client.getNamespace()).orElse("default");
  }

  @Override
  public void close() {
    client.close();
  }
}
