/// The contract between the controller and a cloud provider: five methods, and what they exchange.
@NullMarked
package dev.fairway.cloud;

import org.jspecify.annotations.NullMarked;
