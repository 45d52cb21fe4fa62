/// `./fairway bench aws`: the calls to AWS of Fairway and of aws-cloud-controller-manager for the
/// same Services, counted by a proxy in front of an emulator.
@NullMarked
package dev.fairway.testkit.bench.aws;

import org.jspecify.annotations.NullMarked;
