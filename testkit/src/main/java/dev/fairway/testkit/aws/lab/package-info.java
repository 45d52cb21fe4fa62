/// `./fairway lab aws`: an AWS to develop against, and if asked for a cluster in it.
@NullMarked
package dev.fairway.testkit.aws.lab;

import org.jspecify.annotations.NullMarked;
