// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/// Records that differ from others in one component.
final class Records {
  private Records() {}

  static <R extends Record> R with(R record, String name, Object value) {
    try {
      var components = record.getClass().getRecordComponents();
      var arguments = new Object[components.length];
      var found = false;
      for (var i = 0; i < components.length; i++) {
        var accessor = components[i].getAccessor();
        accessor.setAccessible(true);
        var same = components[i].getName().equals(name);
        arguments[i] = same ? value : accessor.invoke(record);
        found |= same;
      }
      if (!found) {
        throw new AssertionError("%s has no component %s".formatted(record, name));
      }
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      var constructor = record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      @SuppressWarnings("unchecked")
      var changed = (R) constructor.newInstance(arguments);
      return changed;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
