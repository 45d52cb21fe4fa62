// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.aws.spec.Scheme;
import dev.fairway.aws.spec.TargetType;
import dev.fairway.cloud.model.ClusterId;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsSettingsTest {
  private static final ClusterId CLUSTER = new ClusterId("prod-eu-1");

  @Test
  void withoutAnySettingTheDefaultsHold() {
    var settings = parse(Map.of());

    assertThat(settings.region()).isEmpty();
    assertThat(settings.vpcId()).isEmpty();
    assertThat(settings.endpoint()).isEmpty();
    assertThat(settings.clusterName()).isEqualTo("prod-eu-1");
    assertThat(settings.defaultScheme()).isEqualTo(Scheme.INTERNAL);
    assertThat(settings.defaultTargetType()).isEqualTo(TargetType.INSTANCE);
    assertThat(settings.securityGroups()).isEqualTo(AwsSettings.SecurityGroups.MANAGED);
    assertThat(settings.nodeSecurityGroups()).isEmpty();
    assertThat(settings.backendSecurityGroup()).isEmpty();
    assertThat(settings.subnets()).isEmpty();
    assertThat(settings.targetsPerZone()).isZero();
    assertThat(settings.subsettingFromNodes()).isEqualTo(300);
    assertThat(settings.defaultTags()).isEmpty();
    assertThat(settings.auditDescribesPerSecond()).isEqualTo(2);
    assertThat(settings.sslPolicy()).isEqualTo("ELBSecurityPolicy-2016-08");
  }

  @Test
  void everySettingIsRead() {
    var settings =
        parse(
            Map.ofEntries(
                Map.entry("region", "us-gov-west-1"),
                Map.entry("vpcId", "vpc-0a"),
                Map.entry("endpoint", "http://127.0.0.1:5000"),
                Map.entry("clusterName", "Other_1"),
                Map.entry("defaultScheme", "internet-facing"),
                Map.entry("defaultTargetType", "ip"),
                Map.entry("securityGroups", "off"),
                Map.entry("nodeSecurityGroups", "sg-0a, sg-0b"),
                Map.entry("backendSecurityGroup", "sg-0c"),
                Map.entry("subnets", "subnet-0a,subnet-0b"),
                Map.entry("targetsPerZone", "20"),
                Map.entry("subsettingFromNodes", "100"),
                Map.entry("defaultTags", "team=web, query=a=b, empty="),
                Map.entry("auditDescribesPerSecond", "0.5"),
                Map.entry("sslPolicy", "ELBSecurityPolicy-TLS13-1-2-2021-06")));

    assertThat(settings.region()).contains("us-gov-west-1");
    assertThat(settings.vpcId()).contains("vpc-0a");
    assertThat(settings.endpoint()).contains(URI.create("http://127.0.0.1:5000"));
    assertThat(settings.clusterName()).isEqualTo("Other_1");
    assertThat(settings.defaultScheme()).isEqualTo(Scheme.INTERNET_FACING);
    assertThat(settings.defaultTargetType()).isEqualTo(TargetType.IP);
    assertThat(settings.securityGroups()).isEqualTo(AwsSettings.SecurityGroups.OFF);
    assertThat(settings.nodeSecurityGroups()).isEqualTo(List.of("sg-0a", "sg-0b"));
    assertThat(settings.backendSecurityGroup()).contains("sg-0c");
    assertThat(settings.subnets()).isEqualTo(List.of("subnet-0a", "subnet-0b"));
    assertThat(settings.targetsPerZone()).isEqualTo(20);
    assertThat(settings.subsettingFromNodes()).isEqualTo(100);
    assertThat(settings.defaultTags())
        .isEqualTo(Map.of("team", "web", "query", "a=b", "empty", ""));
    assertThat(settings.auditDescribesPerSecond()).isEqualTo(0.5);
    assertThat(settings.sslPolicy()).isEqualTo("ELBSecurityPolicy-TLS13-1-2-2021-06");
  }

  @Test
  void theKeysAreTheComponents() {
    assertThat(AwsSettings.keys())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(AwsSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList());
  }

  @Test
  void aBlankTextCountsAsAbsent() {
    assertThat(parse(Map.of("region", " ")).region()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region | Frankfurt | a Region such as eu-central-1",
        "vpcId | my-vpc | the id of a VPC such as vpc-0a1b2c3d",
        "endpoint | localhost:5000 | a URL such as http://127.0.0.1:5000",
        "endpoint | http://127.0.0.1/%zz | a URL such as http://127.0.0.1:5000",
        "clusterName | a/b | letters, digits",
        "defaultScheme | public | internal or internet-facing",
        "defaultTargetType | pod | instance or ip",
        "securityGroups | on | managed or off",
        "nodeSecurityGroups | sg-0a,web | ids such as sg-0a1b2c3d",
        "nodeSecurityGroups | sg-0a, | ids such as sg-0a1b2c3d",
        "backendSecurityGroup | web | the id of a security group",
        "subnets | a | ids such as subnet-0a1b2c3d",
        "targetsPerZone | -1 | a whole number from 0 to 1000",
        "targetsPerZone | 1001 | a whole number from 0 to 1000",
        "subsettingFromNodes | 0 | a whole number from 1 to 100000",
        "defaultTags | team | pairs such as team=web",
        "defaultTags | aws:x=1 | tags that do not begin with",
        "defaultTags | fairway.dev/cluster=x | tags that do not begin with",
        "defaultTags | a=1,a=2 | each tag once",
        "auditDescribesPerSecond | fast | a number from 0 to 50",
        "auditDescribesPerSecond | 51 | a number from 0 to 50",
        "sslPolicy | modern | ELBSecurityPolicy-2016-08"
      })
  void aMalformedValueIsRefusedWithItsKeyTheValueAndWhatToWrite(
      String key, String value, String form) {
    assertThatThrownBy(() -> parse(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("settings." + key + ": '")
        .hasMessageContaining("; write ")
        .hasMessageContaining(form);
  }

  @Test
  void aTagThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> parse(Map.of("defaultTags", "k".repeat(129) + "=v")))
        .hasMessageContaining("keys to 128 and values to 256 characters");
  }

  private static AwsSettings parse(Map<String, String> settings) {
    return AwsSettings.parse(settings, CLUSTER);
  }
}
