// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Xml;
import java.util.List;
import java.util.function.Consumer;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/// The things in the answer of a describe or a create.
final class Members {
  private Members() {}

  /// The elements of the first list of this name, as in `LoadBalancers`.
  static List<Element> of(Document document, String list) {
    return Xml.find(document, list).map(Xml::children).orElse(List.of());
  }

  /// `answer` with each element of the list changed; errors stay as they are.
  static Answer changed(Answer answer, String list, Consumer<Element> change) {
    if (!answer.ok()) {
      return answer;
    }
    var document = Xml.parse(answer.body());
    of(document, list).forEach(change);
    return answer.withBody(Xml.write(document));
  }
}
