/// Requests and answers of OpenStack's services, and what carries them over loopback.
@NullMarked
package dev.fairway.testkit.openstack.http;

import org.jspecify.annotations.NullMarked;
