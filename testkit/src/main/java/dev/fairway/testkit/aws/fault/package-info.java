/// What goes wrong between a client and AWS, by script.
@NullMarked
package dev.fairway.testkit.aws.fault;

import org.jspecify.annotations.NullMarked;
