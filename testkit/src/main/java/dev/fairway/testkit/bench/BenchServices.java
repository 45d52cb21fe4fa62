// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.process.Until;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Makes and deletes Services of type LoadBalancer, and sees when each gets its address. By
/// nanoseconds of [System#nanoTime].
public final class BenchServices implements AutoCloseable {
  /// Where they are.
  public static final String NAMESPACE = "default";

  private static final int AT_A_TIME = 16;

  private final KubernetesClient client;
  private final Map<String, String> annotations;
  private final SharedIndexInformer<Service> informer;
  private final Map<String, Long> created = new ConcurrentHashMap<>();
  private final Map<String, Long> addressed = new ConcurrentHashMap<>();
  private final Map<String, Service> present = new ConcurrentHashMap<>();

  BenchServices(KubernetesClient client) {
    this(client, Map.of());
  }

  /// @param client of an administrator
  /// @param annotations that each Service gets
  public BenchServices(KubernetesClient client, Map<String, String> annotations) {
    this.client = client;
    this.annotations = Map.copyOf(annotations);
    this.informer = client.services().inNamespace(NAMESPACE).inform(new Eyes());
  }

  private final class Eyes implements ResourceEventHandler<Service> {
    @Override
    public void onAdd(Service service) {
      see(service);
    }

    @Override
    public void onUpdate(Service old, Service now) {
      see(now);
    }

    @Override
    public void onDelete(Service service, boolean finalStateUnknown) {
      present.remove(service.getMetadata().getName());
    }

    private void see(Service service) {
      var name = service.getMetadata().getName();
      present.put(name, service);
      if (hasAddress(service)) {
        addressed.putIfAbsent(name, System.nanoTime());
      }
    }
  }

  private static boolean hasAddress(Service service) {
    return service.getStatus() != null
        && service.getStatus().getLoadBalancer() != null
        && !service.getStatus().getLoadBalancer().getIngress().isEmpty();
  }

  /// `prefix-1`, `prefix-2`, ….
  public static List<String> names(String prefix, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(n -> prefix + "-" + n).toList();
  }

  /// Makes one with these ports and notes the time.
  public void create(String name, int... ports) {
    addressed.remove(name);
    created.put(name, System.nanoTime());
    var _ =
        client
            .resource(
                new ServiceBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName(name)
                    .withAnnotations(annotations)
                    .endMetadata()
                    .withNewSpec()
                    .withType("LoadBalancer")
                    .addToSelector("app", name)
                    .withPorts(Arrays.stream(ports).mapToObj(BenchServices::port).toList())
                    .endSpec()
                    .build())
            .create();
  }

  private static ServicePort port(int number) {
    return new ServicePortBuilder()
        .withName("port-" + number)
        .withProtocol("TCP")
        .withPort(number)
        .withTargetPort(new IntOrString(number))
        .build();
  }

  /// Makes all of them, several at a time, with one port each.
  public void createAll(Collection<String> names) {
    eachOf(names, name -> create(name, 80));
  }

  /// Takes ports away or adds some; those that stay keep their node ports.
  public void setPorts(String name, int... ports) {
    var _ =
        client
            .services()
            .inNamespace(NAMESPACE)
            .withName(name)
            .edit(service -> {
              var old = service.getSpec().getPorts();
              var next =
                  Arrays.stream(ports)
                      .mapToObj(number ->
                          old.stream()
                              .filter(port -> port.getPort() == number)
                              .findFirst()
                              .orElseGet(() -> port(number)))
                      .toList();
              return new ServiceBuilder(service).editSpec().withPorts(next).endSpec().build();
            });
  }

  /// Writes an annotation that means nothing to any controller.
  public void touch(String name) {
    var _ =
        client
            .services()
            .inNamespace(NAMESPACE)
            .withName(name)
            .edit(service ->
                new ServiceBuilder(service)
                    .editMetadata()
                    .addToAnnotations("bench.example.com/touched", Long.toString(System.nanoTime()))
                    .endMetadata()
                    .build());
  }

  /// Asks for its deletion, and does not wait.
  public void delete(String name) {
    var _ = client.services().inNamespace(NAMESPACE).withName(name).delete();
  }

  /// Asks for the deletion of all of them, several at a time.
  public void deleteAll(Collection<String> names) {
    eachOf(names, this::delete);
  }

  /// Deletes everything there is without asking a controller: its finalizers go too.
  public void wipe() {
    var names =
        present.keySet().stream().filter(name -> !name.equals("kubernetes")).sorted().toList();
    eachOf(
        names,
        name -> {
          delete(name);
          dropFinalizers(name);
        });
    awaitGone(names, Duration.ofSeconds(60));
  }

  /// So that a deletion need not wait for a controller.
  public void dropFinalizers(String name) {
    var resource = client.services().inNamespace(NAMESPACE).withName(name);
    if (resource.get() != null) {
      var _ =
          resource.edit(service ->
              new ServiceBuilder(service)
                  .editMetadata()
                  .withFinalizers(List.of())
                  .endMetadata()
                  .build());
    }
  }

  /// Whether it had an address since it was made.
  public boolean hasAddress(String name) {
    return addressed.containsKey(name);
  }

  /// Whether it is not there.
  public boolean isGone(String name) {
    return !present.containsKey(name);
  }

  /// The Service as it was seen last.
  ///
  /// @throws IllegalStateException when there is none
  public Service get(String name) {
    var service = present.get(name);
    if (service == null) {
      throw new IllegalStateException("there is no Service " + name);
    }
    return service;
  }

  /// Waits until all have an address.
  ///
  /// @throws IllegalStateException after `limit`
  public void awaitAddresses(Collection<String> names, Duration limit) {
    Until.isTrue(
        "%d Services to have an address".formatted(names.size()),
        limit,
        () -> addressed.keySet().containsAll(names));
  }

  /// Waits until all are gone.
  ///
  /// @throws IllegalStateException after `limit`
  public void awaitGone(Collection<String> names, Duration limit) {
    Until.isTrue(
        "%d Services to be gone".formatted(names.size()),
        limit,
        () -> names.stream().allMatch(this::isGone));
  }

  /// Seconds from the creation of the first until the last one got its address; all must have one.
  public double secondsForAll(Collection<String> names) {
    var first = names.stream().mapToLong(name -> time(created, name)).min().orElseThrow();
    return (lastAddressed(names) - first) / 1e9;
  }

  /// When the last one got its address; all must have one.
  public long lastAddressed(Collection<String> names) {
    return names.stream().mapToLong(name -> time(addressed, name)).max().orElseThrow();
  }

  /// Seconds from creation to address that 99 of 100 Services stay below; those without an address
  /// count as infinite. Empty when that one has none.
  OptionalDouble p99Seconds(Collection<String> names) {
    var seconds =
        names.stream()
            .mapToDouble(name ->
                hasAddress(name)
                    ? (time(addressed, name) - time(created, name)) / 1e9
                    : Double.POSITIVE_INFINITY)
            .toArray();
    var value = Percentile.of(seconds, 0.99);
    return Double.isInfinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static long time(Map<String, Long> times, String name) {
    var time = times.get(name);
    if (time == null) {
      throw new IllegalStateException("nothing is known of Service " + name);
    }
    return time;
  }

  private static void eachOf(Collection<String> names, Consumer<String> action) {
    var slots = new Semaphore(AT_A_TIME);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          names.stream()
              .map(name -> {
                slots.acquireUninterruptibly();
                return threads.submit(() -> {
                  try {
                    action.accept(name);
                  } finally {
                    slots.release();
                  }
                });
              })
              .toList();
      for (var one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    informer.close();
  }
}
