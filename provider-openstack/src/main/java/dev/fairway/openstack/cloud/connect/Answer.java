// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.ExecutionOptions;
import org.openstack4j.core.transport.HttpEntityHandler;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;

/// An answer that was read to its end, in the library's form.
record Answer(int status, HttpHeaders received, String text) implements HttpResponse {

  String headerOr(String name, String absent) {
    return received.firstValue(name).orElse(absent);
  }

  @Override
  public <T> T getEntity(Class<T> type) {
    return HttpEntityHandler.handle(this, type, null);
  }

  @Override
  public <T> T getEntity(Class<T> type, ExecutionOptions<T> options) {
    return HttpEntityHandler.handle(this, type, options);
  }

  @Override
  public <T> T readEntity(Class<T> type) {
    try {
      return ObjectMapperSingleton.getContext(type).readerFor(type).readValue(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public String getContentType() {
    return headerOr("Content-Type", "");
  }

  @Override
  public String getStatusMessage() {
    return "";
  }

  @Override
  public InputStream getInputStream() {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable String header(String name) {
    return received.firstValue(name).orElse(null);
  }

  @Override
  public Map<String, String> headers() {
    var first = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    received.map().forEach((name, values) -> first.put(name, values.getFirst()));
    return first;
  }

  @Override
  public void close() {}

  /// Without the body: it may hold a token.
  @Override
  public String toString() {
    return "Answer[%d, %d characters]".formatted(status, text.length());
  }
}
