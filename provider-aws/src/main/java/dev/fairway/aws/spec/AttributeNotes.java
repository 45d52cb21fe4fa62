// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.annotation.Nearest;
import dev.fairway.cloud.annotation.Syntax;
import dev.fairway.cloud.plan.Note;
import java.util.Map;

/// Tells of attributes that are not known here; they are passed on all the same.
record AttributeNotes(Map<String, Syntax<String>> known, Findings findings) {
  void tell(String key, Map<String, String> attributes) {
    for (var attribute : attributes.keySet()) {
      if (!known.containsKey(attribute)) {
        findings.add(
            Note.warning(
                "UnknownAttribute",
                "annotation %s: attribute '%s' is not known here, and is passed on to AWS as it is"
                    .formatted(key, attribute),
                Nearest.to(attribute, known.keySet())
                    .map("did you mean %s?"::formatted)
                    .orElse("check its name if AWS refuses it")));
      }
    }
  }
}
