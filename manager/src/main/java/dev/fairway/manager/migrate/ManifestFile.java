// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.migrate;

import dev.fairway.manager.config.InvalidConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/// Objects in files: YAML or JSON, one after another or in lists, as kubectl writes them.
public final class ManifestFile {
  // What a cluster of thousands of Services comes to, and a bound all the same.
  private static final int MOST_CHARACTERS = 512 * 1024 * 1024;

  private ManifestFile() {}

  /// @throws InvalidConfig when it cannot be read or is no YAML
  public static List<Map<String, Object>> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new InvalidConfig(
          "--from: %s cannot be read (%s)".formatted(file, e.getClass().getSimpleName()));
    } catch (YAMLException e) {
      throw new InvalidConfig("--from: %s is not YAML: %s".formatted(file, e.getMessage()));
    }
  }

  static List<Map<String, Object>> parse(String yaml) {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    var objects = new ArrayList<Map<String, Object>>();
    var dump = new DumperOptions();
    var reader =
        new Yaml(
            new SafeConstructor(options), new Representer(dump), dump, options, new AsInJson());
    for (var document : reader.loadAll(yaml)) {
      Lists.flatten(document).forEach(objects::add);
    }
    return objects;
  }

  /// As `kubectl apply -f` reads them.
  public static String write(List<Map<String, Object>> objects) {
    var options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setExplicitStart(true);
    options.setSplitLines(false);
    // Parts that are equal would be written once and referred to.
    options.setDereferenceAliases(true);
    return new Yaml(options).dumpAll(objects.iterator());
  }

  // JSON, which objects are made of, knows no points in time: they are texts.
  private static final class AsInJson extends Resolver {
    @Override
    public void addImplicitResolver(Tag tag, Pattern pattern, String first, int limit) {
      if (!tag.equals(Tag.TIMESTAMP)) {
        super.addImplicitResolver(tag, pattern, first, limit);
      }
    }
  }
}
