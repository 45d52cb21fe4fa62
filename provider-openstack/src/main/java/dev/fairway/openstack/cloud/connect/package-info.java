/// The one way to OpenStack: connector, token, gate, paging and the translation of errors.
@NullMarked
package dev.fairway.openstack.cloud.connect;

import org.jspecify.annotations.NullMarked;
