/// What the operator wrote: cloud.conf, clouds.yaml, the environment and the settings, as records.
@NullMarked
package dev.fairway.openstack.config;

import org.jspecify.annotations.NullMarked;
