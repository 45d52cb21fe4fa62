/// AWS Network Load Balancers through ELBv2. Nothing is built here yet: the module holds the
/// pinned, convergent dependencies that the provider starts from.
@NullMarked
package dev.fairway.aws;

import org.jspecify.annotations.NullMarked;
