// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryCallTest {
  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

  @Test
  void aFormIsReadAndWrittenBack() {
    var call = form("Action=CreateLoadBalancer&Version=2015-12-01&Name=a%2Fb+c&Scheme=internal");

    assertThat(call.action()).isEqualTo("CreateLoadBalancer");
    assertThat(call.parameters()).isEqualTo(Map.of("Name", "a/b c", "Scheme", "internal"));
    assertThat(call.encoded())
        .isEqualTo("Action=CreateLoadBalancer&Version=2015-12-01&Name=a%2Fb+c&Scheme=internal");
  }

  @Test
  void elementsOfListsComeInTheOrderOfTheirNumbers() {
    var call =
        form(
            "Action=X&Version=2015-12-01&Subnets.member.10=ten&Subnets.member.2=two"
                + "&Subnets.member.1=one&SubnetsOther.member.1=no");

    assertThat(call.list("Subnets")).containsExactly("one", "two", "ten");
    assertThat(form("Action=X&Version=2016-11-15&InstanceId.1=i-1").list("InstanceId"))
        .containsExactly("i-1");
  }

  @Test
  void elementsOfListsMayBeStructures() {
    var call =
        form(
            "Action=X&Version=2015-12-01&Targets.member.1.Id=i-1&Targets.member.1.Port=80"
                + "&Targets.member.2.Id=i-2");

    assertThat(call.structures("Targets"))
        .containsExactly(Map.of("Id", "i-1", "Port", "80"), Map.of("Id", "i-2"));
  }

  @Test
  void theServiceIsInTheSignatureOrElseInTheVersion() {
    var headers =
        Map.of(
            "content-type",
            FORM,
            "authorization",
            "AWS4-HMAC-SHA256 Credential=AKID/20260101/eu-west-1/ec2/aws4_request, Signature=x");
    var signed =
        QueryCall.of(new Envelope("POST", "/", headers, "Action=DescribeVpcs&Version=2016-11-15"));

    assertThat(signed.service()).isEqualTo("ec2");
    assertThat(signed.envelope())
        .isEqualTo(new Envelope("POST", "/", headers, signed.envelope().body()));
    assertThat(signed.also(QueryCall.ELB, "DescribeTags").envelope().header("Authorization"))
        .hasValueSatisfying(text -> assertThat(text).contains("/eu-west-1/elasticloadbalancing/"));
    var unsigned = form("Action=GetCallerIdentity&Version=2011-06-15");
    assertThat(unsigned.service()).isEqualTo("sts");
    assertThat(unsigned.envelope().scopedService()).hasValue("sts");
  }

  @Test
  void aCallOfAnotherProtocolHasAnActionAndPassesUnchanged() {
    var call =
        QueryCall.of(
            new Envelope(
                "POST",
                "/",
                Map.of(
                    "content-type",
                    "application/x-amz-json-1.1",
                    "x-amz-target",
                    "ResourceGroupsTaggingAPI_20170126.GetResources"),
                "{\"a\": 1}"));

    assertThat(call.action()).isEqualTo("GetResources");
    assertThat(call.mutating()).isFalse();
    assertThat(call.encoded()).isEqualTo("{\"a\": 1}");
  }

  @Test
  void whatOnlyReadsIsNotMutating() {
    assertThat(form("Action=DescribeVpcs&Version=2016-11-15").mutating()).isFalse();
    assertThat(form("Action=RegisterTargets&Version=2015-12-01").mutating()).isTrue();
  }

  @Test
  void errorsHaveTheFormOfTheirService() {
    var elb = form("Action=CreateListener&Version=2015-12-01");
    var ec2 = form("Action=DescribeVpcs&Version=2016-11-15");

    assertThat(Answer.refused(elb, "Throttling", "a < b").body())
        .startsWith(
            "<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>a &lt; b");
    assertThat(Answer.refused(ec2, "Throttling", "no").body())
        .startsWith("<Response><Errors><Error>");
    assertThat(Answer.refused(ec2, "Throttling", "no").code()).hasValue("Throttling");
    assertThat(Answer.result(elb, "").code()).isEmpty();
  }

  private static QueryCall form(String body) {
    return QueryCall.of(new Envelope("POST", "/", Map.of("content-type", FORM), body));
  }
}
