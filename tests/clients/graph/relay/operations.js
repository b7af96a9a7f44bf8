// What the Relay compiler reads. A front end's build puts the artifacts in place of these; the test imports them.
import { graphql } from 'relay-runtime';

// A list at the root.
graphql`
  fragment operations_practices on Query @refetchable(queryName: "operationsPracticesPageQuery") @argumentDefinitions(count: { type: "Int", defaultValue: 7 }, cursor: { type: "String" }) {
    practices(first: $count, after: $cursor) @connection(key: "operations_practices") {
      totalCount
      edges { node { id slug title city { name } } }
    }
  }
`;

graphql`
  query operationsPracticesQuery {
    ...operations_practices
  }
`;

// A list of a node, refetched by node(id:), in either direction.
graphql`
  fragment operations_city on City @refetchable(queryName: "operationsCityPageQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 1 }, after: { type: "String" }, last: { type: "Int" }, before: { type: "String" }) {
    name
    practices(first: $first, after: $after, last: $last, before: $before) @connection(key: "operations_city_practices") {
      edges { node { slug } }
    }
  }
`;

graphql`
  query operationsCityQuery($slug: String!) {
    city(slug: $slug) {
      id
      ...operations_city
    }
  }
`;

graphql`
  mutation operationsDraftMutation($input: CreatePracticeInput!) {
    createPractice(input: $input) {
      practice { id version title state }
      errors { code message path }
      position
    }
  }
`;

graphql`
  subscription operationsEventsSubscription($after: String) {
    exchangeEvents(after: $after) {
      __typename
      ... on ExchangeEvent { type cursor subjectId subject { __typename id ... on Practice { title } } }
      ... on FeedGap { after upto }
    }
  }
`;
