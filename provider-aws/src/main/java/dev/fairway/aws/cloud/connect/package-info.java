/// Where AWS is and how it is reached: settings, clients, Region and VPC.
@NullMarked
package dev.fairway.aws.cloud.connect;

import org.jspecify.annotations.NullMarked;
