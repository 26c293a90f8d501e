# A caller of both versions of foods. Prints what it met.
require "json"
require "securerandom"
require "uri"
require "gatewright_foods_v1"
require "gatewright_foods_v2"

def configured(client, variable, key, token)
  url = URI(ENV.fetch(variable))
  configuration = client::Configuration.new
  configuration.scheme = url.scheme
  configuration.host = "#{url.host}:#{url.port}"
  configuration.base_path = url.path
  configuration.api_key["x-api-key"] = key
  configuration.access_token = token if token
  client::FoodsApi.new(client::ApiClient.new(configuration))
end

def v1(token)
  configured(GatewrightFoodsV1, "V1_URL", ENV.fetch("API_KEY"), token)
end

def v2(key, token)
  configured(GatewrightFoodsV2, "V2_URL", key, token)
end

def refused(met)
  yield
rescue GatewrightFoodsV1::ApiError, GatewrightFoodsV2::ApiError => e
  kinds = [GatewrightFoodsV1::GatewayError, GatewrightFoodsV2::GatewayError]
  raise "no GatewayError: #{e.data.inspect}" unless kinds.include?(e.data.class)

  met[e.code.to_s] = e.data.message
end

def stock_of_v1
  api = v1(ENV.fetch("IDENTITY"))
  listed = api.list_foods.first
  accepted = api.add_food(listed, GatewrightFoodsV1::Delivery.new(quantity: 2))
  level = api.check_stock(listed)
  met = { "listed" => listed, "accepted" => accepted.status, "level" => level.in_stock }
  refused(met) { api.check_stock("nothing-of-that-name") }
  refused(met) { v1(nil).check_stock(listed) }
  met
end

def foods_of_v2
  api = v2(ENV.fetch("API_KEY"), ENV.fetch("WRITER"))
  name = "ruby-#{SecureRandom.uuid}"
  food = GatewrightFoodsV2::NewFood.new(name: name, quantity: 1)
  _, created, headers = api.create_food_with_http_info(SecureRandom.uuid, food)
  tag = headers["etag"]
  seven = GatewrightFoodsV2::Replacement.new(quantity: 7)
  replaced = api.replace_food(name, tag, seven)
  page = api.list_foods(limit: 100, prefix: name)
  met = { "created" => created.to_s, "replaced" => replaced.quantity.to_s,
          "page" => page.foods.map(&:quantity).to_s }
  refused(met) { api.replace_food(name, tag, seven) }
  api.delete_food(name)
  refused(met) { api.get_food(name) }
  refused(met) { v2("no-such-key", nil).list_foods }
  met
end

puts JSON.generate({ "v1" => stock_of_v1, "v2" => foods_of_v2 })
