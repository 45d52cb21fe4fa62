// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import dev.fairway.metal.failover.Envelope.Heartbeat;
import dev.fairway.metal.failover.Envelope.Message;
import dev.fairway.metal.failover.Envelope.Question;
import dev.fairway.metal.failover.Envelope.Standing;
import dev.fairway.metal.failover.Envelope.Testimony;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Envelopes as bytes, each with a code that only those can make who know the key: HMAC-SHA256 (RFC
/// 2104), the first 16 bytes of it. Not encrypted: who answers for an address is no secret on the
/// network where it is answered. Not safe for use by several threads.
public final class Wire {
  /// The most bytes that are looked at; with as many tenures of IPv6 as there may be in one, and
  /// the longest names, there are fewer.
  public static final int MAX_LENGTH = 1400;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int CODE_LENGTH = 16;
  private static final int MAGIC = 0x46574831; // "FWH1": the format's name and version
  private static final int MAX_NAME = 253; // of a node, RFC 1123
  private static final byte HEARTBEAT = 1;
  private static final byte QUESTION = 2;
  private static final byte TESTIMONY = 3;
  private static final long NEVER = -1;
  private static final int STATIONS = 8;

  private final List<Mac> keys;

  /// What arrived.
  ///
  /// @param stations the Ethernet addresses of the sender's node
  public record Arrived(Envelope envelope, List<MacAddress> stations) {
    public Arrived {
      stations = List.copyOf(stations);
    }
  }

  /// @param keys the first one signs; the others are accepted too, while the key is being changed
  /// @throws IllegalArgumentException without a key, or with an empty one
  public Wire(List<byte[]> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("there must be a key for heartbeats");
    }
    this.keys = keys.stream().map(Wire::mac).toList();
  }

  private static Mac mac(byte[] key) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalArgumentException("the key for heartbeats cannot be used", e);
    }
  }

  /// The envelope as it is sent.
  ///
  /// @param stations the Ethernet addresses of this node, so that the others take them for a
  ///   speaker's; of more than 8, the first
  public byte[] encode(Envelope envelope, List<MacAddress> stations) {
    var buffer = ByteBuffer.allocate(MAX_LENGTH);
    buffer.position(CODE_LENGTH);
    buffer.putInt(MAGIC);
    put(buffer, envelope.from());
    put(buffer, envelope.to());
    buffer.putLong(envelope.incarnation()).putLong(envelope.echo()).putLong(envelope.sequence());
    var told = stations.subList(0, Math.min(STATIONS, stations.size()));
    buffer.put((byte) told.size());
    told.forEach(station -> buffer.put(station.bytes()));
    put(buffer, envelope.message());
    var bytes = Arrays.copyOf(buffer.array(), buffer.position());
    System.arraycopy(code(keys.getFirst(), bytes), 0, bytes, 0, CODE_LENGTH);
    return bytes;
  }

  private static byte[] code(Mac key, byte[] bytes) {
    key.update(bytes, CODE_LENGTH, bytes.length - CODE_LENGTH);
    return Arrays.copyOf(key.doFinal(), CODE_LENGTH);
  }

  private static void put(ByteBuffer buffer, Message message) {
    switch (message) {
      case Heartbeat(var standing, var tenures) -> {
        buffer.put(HEARTBEAT).put(code(standing)).put((byte) tenures.size());
        tenures.forEach(tenure -> put(buffer, tenure));
      }
      case Question(var suspect) -> put(buffer.put(QUESTION), suspect);
      case Testimony(var suspect, var silentFor) -> {
        put(buffer.put(TESTIMONY), suspect);
        buffer.putLong(silentFor.map(Duration::toMillis).orElse(NEVER));
      }
    }
  }

  private static void put(ByteBuffer buffer, Tenure tenure) {
    var vip = tenure.vip();
    buffer.put(code(vip.family())).putLong(vip.high()).putLong(vip.low());
    buffer.putLong(tenure.term().generation()).putInt(tenure.term().moves());
    buffer.put((byte) (tenure.term().connected() ? 1 : 0)).put(code(tenure.kind()));
  }

  private static void put(ByteBuffer buffer, String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    buffer.put((byte) bytes.length).put(bytes);
  }

  /// Whether it says of itself that it is for this node; anybody may have written that.
  public static boolean isFor(String node, byte[] bytes, int length) {
    if (length <= CODE_LENGTH || length > Math.min(MAX_LENGTH, bytes.length)) {
      return false;
    }
    try {
      var buffer = ByteBuffer.wrap(bytes, CODE_LENGTH, length - CODE_LENGTH);
      if (buffer.getInt() != MAGIC) {
        return false;
      }
      var _ = name(buffer);
      return name(buffer).equals(node);
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      return false;
    }
  }

  /// What was sent, or empty if nobody who knows a key sent it, or it is cut off. Never throws.
  public Optional<Arrived> decode(byte[] bytes, int length) {
    if (length <= CODE_LENGTH || length > Math.min(MAX_LENGTH, bytes.length)) {
      return Optional.empty();
    }
    var exact = Arrays.copyOf(bytes, length);
    var code = Arrays.copyOf(exact, CODE_LENGTH);
    if (keys.stream().noneMatch(key -> MessageDigest.isEqual(code(key, exact), code))) {
      return Optional.empty();
    }
    try {
      return read(ByteBuffer.wrap(exact, CODE_LENGTH, length - CODE_LENGTH));
    } catch (BufferUnderflowException | IllegalArgumentException _) {
      // Of another version: the code says that it is no enemy's.
      return Optional.empty();
    }
  }

  private static Optional<Arrived> read(ByteBuffer buffer) {
    if (buffer.getInt() != MAGIC) {
      return Optional.empty();
    }
    var from = name(buffer);
    var to = name(buffer);
    var incarnation = buffer.getLong();
    var echo = buffer.getLong();
    var sequence = buffer.getLong();
    var stations = stations(buffer);
    var envelope = new Envelope(from, to, incarnation, echo, sequence, message(buffer));
    return buffer.hasRemaining() ? Optional.empty() : Optional.of(new Arrived(envelope, stations));
  }

  private static List<MacAddress> stations(ByteBuffer buffer) {
    var stations = new ArrayList<MacAddress>();
    var bytes = new byte[MacAddress.LENGTH];
    for (var left = buffer.get(); left > 0; left--) {
      buffer.get(bytes);
      stations.add(MacAddress.read(bytes, 0));
    }
    return stations;
  }

  private static Message message(ByteBuffer buffer) {
    return switch (buffer.get()) {
      case HEARTBEAT -> {
        var standing = one(Standing.values(), Wire::code, buffer.get());
        var tenures = new ArrayList<Tenure>();
        for (var left = buffer.get(); left > 0; left--) {
          tenures.add(tenure(buffer));
        }
        yield new Heartbeat(standing, tenures);
      }
      case QUESTION -> new Question(name(buffer));
      case TESTIMONY -> {
        var suspect = name(buffer);
        var millis = buffer.getLong();
        yield new Testimony(
            suspect, millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(millis)));
      }
      default -> throw new IllegalArgumentException("no such message");
    };
  }

  private static Tenure tenure(ByteBuffer buffer) {
    var vip =
        new IpAddress(
            one(Family.values(), Wire::code, buffer.get()), buffer.getLong(), buffer.getLong());
    var term = new Term(buffer.getLong(), buffer.getInt(), buffer.get() != 0);
    return new Tenure(vip, term, one(Tenure.Kind.values(), Wire::code, buffer.get()));
  }

  private static byte code(Family family) {
    return switch (family) {
      case IPV4 -> 4;
      case IPV6 -> 6;
    };
  }

  private static byte code(Standing standing) {
    return switch (standing) {
      case STARTING -> 0;
      case SERVING -> 1;
      case LEAVING -> 2;
    };
  }

  private static byte code(Tenure.Kind kind) {
    return switch (kind) {
      case HOLDS -> 0;
      case UNABLE -> 1;
      case ABLE -> 2;
    };
  }

  private static <T> T one(T[] values, Function<T, Byte> code, byte wanted) {
    return Stream.of(values)
        .filter(value -> code.apply(value) == wanted)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such value"));
  }

  private static String name(ByteBuffer buffer) {
    var length = Byte.toUnsignedInt(buffer.get());
    if (length == 0 || length > MAX_NAME) {
      throw new IllegalArgumentException("no such name");
    }
    var bytes = new byte[length];
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
