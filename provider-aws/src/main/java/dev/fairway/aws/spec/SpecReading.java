// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.plan.Note;
import java.util.List;
import java.util.Optional;

/// What came of reading what the Services of a group ask for.
///
/// @param spec empty when one of the notes is blocking
public record SpecReading(Optional<Spec> spec, List<Note> notes) {}
