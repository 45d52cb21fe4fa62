// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.query;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a call is answered: an HTTP status and, in the Query protocol, XML.
public record Answer(int status, String contentType, String body) {
  private static final Pattern CODE = Pattern.compile("<Code>([^<]*)</Code>");
  private static final String XML = "text/xml";
  private static final String REQUEST = "00000000-0000-0000-0000-000000000000";

  /// An answer in the form of `call`'s service.
  ///
  /// @param content of the element `ACTIONResult`, as XML
  public static Answer result(QueryCall call, String content) {
    var action = call.action();
    return new Answer(
        200,
        XML,
        "<%1$sResponse xmlns=\"http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/\"><%1$sResult>%2$s</%1$sResult><ResponseMetadata><RequestId>%3$s</RequestId></ResponseMetadata></%1$sResponse>"
            .formatted(action, content, REQUEST));
  }

  /// An error in the form of `call`'s service: EC2 has another one than the rest.
  public static Answer error(QueryCall call, int status, String code, String message) {
    var error =
        "<Code>%s</Code><Message>%s</Message>".formatted(Xml.escaped(code), Xml.escaped(message));
    var body =
        call.service().equals(QueryCall.EC2)
            ? "<Response><Errors><Error>%s</Error></Errors><RequestID>%s</RequestID></Response>"
            : "<ErrorResponse><Error><Type>Sender</Type>%s</Error><RequestId>%s</RequestId></ErrorResponse>";
    return new Answer(status, XML, body.formatted(error, REQUEST));
  }

  /// A refusal: HTTP status 400.
  public static Answer refused(QueryCall call, String code, String message) {
    return error(call, 400, code, message);
  }

  public boolean ok() {
    return status / 100 == 2;
  }

  /// AWS's error code, as in `LoadBalancerNotFound`; empty for a success.
  public Optional<String> code() {
    if (ok()) {
      return Optional.empty();
    }
    var found = CODE.matcher(body);
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }

  /// The texts of all elements of this name, in their order; for elements without children.
  public List<String> texts(String element) {
    return Pattern.compile("<" + element + ">([^<]*)</" + element + ">")
        .matcher(body)
        .results()
        .map(found -> Xml.unescaped(found.group(1)))
        .toList();
  }

  /// The text of the first element of this name.
  public Optional<String> text(String element) {
    return texts(element).stream().findFirst();
  }

  public Answer withBody(String changed) {
    return new Answer(status, contentType, changed);
  }
}
