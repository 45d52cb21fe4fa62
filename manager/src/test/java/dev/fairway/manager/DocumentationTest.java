// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.manager.desired.CoreAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Pages that repeat what the code says.
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Path ANNOTATIONS = ROOT.resolve("docs/annotations.md");

  // Where reasons are made: the code of a note, the reason of a verdict, of a condition, of a
  // pool's
  // state, of an event.
  private static final List<Pattern> REASONS =
      List.of(
          Pattern.compile("Note\\s*\\.\\s*(?:warning|blocking|info)\\(\\s*\"(\\w+)\""),
          Pattern.compile("Tell\\.Problem\\(\\s*\"(\\w+)\""),
          Pattern.compile("(?:SERVING|PROVISIONING),\\s*\\w+,\\s*\"(\\w+)\""),
          Pattern.compile("(?:true|false),\\s*\"([A-Z]\\w+)\""),
          Pattern.compile("reason\\(\\) \\{\\s*return \"(\\w+)\""),
          Pattern.compile("String (?:ENSUR\\w+|UPDAT\\w+|DELET\\w+|FAILED) = \"(\\w+)\""));

  @Test
  void theAnnotationsPageIsThatOfTheCatalogues() throws IOException {
    var page = annotationsPage();
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(ANNOTATIONS, page);
    }

    assertThat(Files.readString(ANNOTATIONS))
        .as("written anew by ./mvnw -pl manager -am test -Dupdate.docs=true")
        .isEqualTo(page);
  }

  @Test
  void everyReasonHasASectionInTheTroubleshootingPage() throws IOException {
    var page = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
    var reasons = new TreeSet<String>();
    for (var module :
        new String[] {
          "cloudprovider-api", "provider-aws", "provider-openstack", "provider-metal", "manager"
        }) {
      try (var files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          var source = Files.readString(file);
          for (var pattern : REASONS) {
            pattern.matcher(source).results().map(match -> match.group(1)).forEach(reasons::add);
          }
        }
      }
    }

    assertThat(page.lines().filter(line -> line.startsWith("### "))).doesNotHaveDuplicates();
    assertThat(reasons)
        .contains(
            "NoSubnet",
            "NoPool",
            "Rejected",
            "Serving",
            "UnknownPool",
            "Overlap",
            "EnsuredLoadBalancer");
    assertThat(reasons).allSatisfy(reason -> assertThat(page).contains("### " + reason + "\n"));
  }

  private static String alsoTold(AnnotationCatalogue catalogue) {
    var prefixes = catalogue.prefixes().stream().sorted().map("`%s`"::formatted).toList();
    return prefixes.isEmpty()
        ? ""
        : "\nA key that begins with %s and is not listed is told too.\n"
            .formatted(String.join(" or ", prefixes));
  }

  private static String annotationsPage() {
    var page = new StringBuilder();
    page.append("# Annotations\n\n");
    page.append(
        "Read from Services. This page is generated from the catalogues in the code. A key below"
            + " `fairway.dev/` that is not\nlisted here is told in an event, with the nearest one"
            + " that is.\n\n");
    page.append("## Every provider\n\n").append(CoreAnnotations.CATALOGUE.toMarkdown());
    Providers.all().stream()
        // The testkit is on the class path of tests only.
        .filter(factory -> !factory.getClass().getPackageName().startsWith("dev.fairway.testkit"))
        .forEach(factory ->
            page.append("\n## Provider ")
                .append(factory.name())
                .append("\n\n")
                .append(factory.annotations().toMarkdown())
                .append(alsoTold(factory.annotations())));
    return page.toString();
  }
}
